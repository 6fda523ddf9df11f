// A first application: it says who and where it is. Put your own in its place.
const http = require("node:http");
const os = require("node:os");

const port = Number(process.env.PORT ?? 3000);

const server = http.createServer((request, response) => {
  if (request.url === "/health") return response.end("ok\n");
  response.setHeader("content-type", "application/json");
  return response.end(
    `${JSON.stringify({ hello: os.hostname(), node: process.version, uptimeS: Math.round(process.uptime()) })}\n`,
  );
});

server.listen(port, () => console.log(`listening on port ${port}`));
process.on("SIGTERM", () => server.close(() => process.exit(0)));
