// How Next builds and serves the dashboard: our packages as sources, native ones as they are, headers on everything.
import path from "node:path";
import type { NextConfig } from "next";

const headers = [
  { key: "X-Content-Type-Options", value: "nosniff" },
  { key: "X-Frame-Options", value: "DENY" },
  { key: "Referrer-Policy", value: "same-origin" },
  { key: "Permissions-Policy", value: "camera=(), microphone=(), geolocation=(), payment=(), usb=()" },
  { key: "Cross-Origin-Opener-Policy", value: "same-origin" },
  { key: "Cross-Origin-Resource-Policy", value: "same-origin" },
];

const config: NextConfig = {
  transpilePackages: [
    "@homeport/api",
    "@homeport/auth",
    "@homeport/db",
    "@homeport/domain",
    "@homeport/records",
    "@homeport/temporal",
    "@homeport/ui",
  ],
  serverExternalPackages: [
    "@node-rs/argon2",
    "@prisma/client",
    "@prisma/adapter-pg",
    "@temporalio/client",
    "@temporalio/common",
    "@temporalio/proto",
    "pg",
    "ssh2",
  ],
  turbopack: { root: path.resolve(import.meta.dirname, "../..") },
  allowedDevOrigins: ["127.0.0.1"],
  poweredByHeader: false,
  reactStrictMode: true,
  // Lint and types have their own commands; here they would only make `npm start` slower.
  typescript: { ignoreBuildErrors: true },
  experimental: { authInterrupts: true },
  headers: async () => [
    { source: "/:path*", headers },
    // Temporal's UI renders words of people in a frame of its own (app/engine).
    { source: "/engine/:path*", headers: [{ key: "X-Frame-Options", value: "SAMEORIGIN" }] },
  ],
};

export default config;
