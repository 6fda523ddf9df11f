import { expect, test } from "vitest";
import { readProgress } from "./image";

const nothing = { percent: null, totalBytes: null };

test("the share is read from the log that Proxmox's downloads write", () => {
  const lines = [
    "downloading http://127.0.0.1:18999/up-test_1_amd64.tar.zst to /var/lib/vz/template/cache/dl-test_1_amd64.tar.zst",
    "HTTP request sent, awaiting response... 200 OK",
    "Length: 102236236 (98M) [application/zstd]",
    "     0K ........ ........ ........ ........ 32%  911M 0s",
    " 32768K ........ ........ ........ ........ 65%  882M 0s",
  ];
  expect(readProgress(lines, nothing)).toEqual({ percent: 65, totalBytes: 102236236 });
  expect(
    readProgress([" 98304K .                                  100% 1.41G=0.1s"], {
      percent: 65,
      totalBytes: 102236236,
    }),
  ).toEqual({ percent: 100, totalBytes: 102236236 });
});

test("before anything is known nothing is made up", () => {
  expect(readProgress(["Resolving download.proxmox.com... failed"], nothing)).toEqual(nothing);
});
