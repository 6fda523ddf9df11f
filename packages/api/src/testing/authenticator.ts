// An authenticator in memory, as a browser speaks for it: keys of its own, a counter, and whatever a test wants it to do wrong.
import { createHash, generateKeyPairSync, randomBytes, sign } from "node:crypto";
import { isoCBOR } from "@simplewebauthn/server/helpers";

const PRESENT = 1;
const VERIFIED = 4;
/** It may be kept in more than one place, and is. */
const SYNCED = 8 + 16;
const WITH_KEY = 64;

interface Wrongs {
  origin?: string;
  rpId?: string;
  /** False: it did not ask who uses it. */
  verified?: boolean;
  counter?: number;
  challenge?: string;
  userHandle?: string;
}

interface CreationOptions {
  rp: { id?: string };
  user: { id: string };
  challenge: string;
}

/** `counts`: as a security key does; those that are synced stay at 0. */
export function createAuthenticator({ origin, counts = false }: { origin: string; counts?: boolean }) {
  const { publicKey, privateKey } = generateKeyPairSync("ec", { namedCurve: "P-256" });
  const { x = "", y = "" } = publicKey.export({ format: "jwk" });
  const id = randomBytes(32);
  const name = { id: id.toString("base64url"), rawId: id.toString("base64url"), type: "public-key" as const };
  let [counter, userHandle] = [0, randomBytes(16).toString("base64url")];

  const authData = (rpId: string, { verified = true, key, counter: said }: Wrongs & { key?: Buffer }): Buffer => {
    counter += counts ? 1 : 0;
    const flags = PRESENT + (verified ? VERIFIED : 0) + (counts ? 0 : SYNCED) + (key === undefined ? 0 : WITH_KEY);
    const head = Buffer.alloc(5);
    head.writeUInt8(flags, 0);
    head.writeUInt32BE(said ?? counter, 1);
    return Buffer.concat([sha256(rpId), head, key ?? Buffer.alloc(0)]);
  };

  return {
    id: name.id,
    /** What `navigator.credentials.create` answers. */
    create({ rp, user, challenge }: CreationOptions, wrongs: Wrongs = {}) {
      userHandle = user.id;
      const cose = isoCBOR.encode(
        new Map<number, number | Uint8Array>([
          ...([
            [1, 2],
            [3, -7],
            [-1, 1],
          ] as const), // EC2, ES256, P-256
          [-2, new Uint8Array(Buffer.from(x, "base64url"))],
          [-3, new Uint8Array(Buffer.from(y, "base64url"))],
        ]),
      );
      const length = Buffer.alloc(2);
      length.writeUInt16BE(id.length);
      const key = Buffer.concat([Buffer.alloc(16), length, id, cose]);
      const attestation = new Map<string, string | Map<string, string> | Uint8Array>([
        ["fmt", "none"],
        ["attStmt", new Map()],
        ["authData", new Uint8Array(authData(wrongs.rpId ?? rp.id ?? "", { ...wrongs, key }))],
      ]);
      return {
        ...name,
        response: {
          clientDataJSON: clientData("webauthn.create", challenge, { origin, ...wrongs }).toString("base64url"),
          attestationObject: Buffer.from(isoCBOR.encode(attestation)).toString("base64url"),
          transports: ["internal"],
        },
      };
    },
    /** What `navigator.credentials.get` answers. */
    get({ rpId = "", challenge }: { rpId?: string; challenge: string }, wrongs: Wrongs = {}) {
      const data = authData(wrongs.rpId ?? rpId, wrongs);
      const client = clientData("webauthn.get", challenge, { origin, ...wrongs });
      return {
        ...name,
        response: {
          clientDataJSON: client.toString("base64url"),
          authenticatorData: data.toString("base64url"),
          signature: sign("sha256", Buffer.concat([data, sha256(client)]), privateKey).toString("base64url"),
          userHandle: wrongs.userHandle ?? userHandle,
        },
      };
    },
  };
}
export type Authenticator = ReturnType<typeof createAuthenticator>;

function clientData(type: string, challenge: string, wrongs: Wrongs): Buffer {
  return Buffer.from(
    JSON.stringify({ type, challenge: wrongs.challenge ?? challenge, origin: wrongs.origin, crossOrigin: false }),
  );
}

function sha256(of: string | Buffer): Buffer {
  return createHash("sha256").update(of).digest();
}
