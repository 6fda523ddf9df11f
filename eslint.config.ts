// The rules a compiler cannot hold: floating promises, file sizes, and which code may reach what.
import js from "@eslint/js";
import type { Linter } from "eslint";
import { defineConfig } from "eslint/config";
import reactHooks from "eslint-plugin-react-hooks";
import tseslint from "typescript-eslint";

/** One entry a boundary: in these files, these imports are refused, for this reason. */
const forbid = (files: string[], group: string[], message: string): Linter.Config => ({
  files,
  ignores: TESTS,
  rules: { "@typescript-eslint/no-restricted-imports": ["error", { patterns: [{ group, message }] }] },
});
/** These classes exist once for each bundle of the dashboard: `instanceof` compares with another copy than the one that was thrown. */
const OWN_ERRORS = "/^(AppError|Explained|TRPCError|TRPCClientError|ZodError|SealingKeysError|PrismaClient.*Error)$/";
const SYNTAX = [
  {
    selector: "CallExpression[callee.object.name=/^(vi|jest)$/][callee.property.name=/^(mock|doMock)$/]",
    message: "No module mocks: dependencies are arguments.",
  },
  {
    selector: `BinaryExpression[operator="instanceof"]:matches([right.name=${OWN_ERRORS}], [right.property.name=${OWN_ERRORS}])`,
    message: "Each bundle has its own copy of this class: ask isAppError, isKnownError, or compare name and code.",
  },
];
/** What Next bundles may compare with: one class in the whole process (of the language, the DOM or Node), or known by symbol (Temporal's). */
const ONE_CLASS =
  "/^(Error|TypeError|Date|Map|Set|Uint8Array|Response|Element|HTMLElement|Socket|Workflow.*Error|ServiceError)$/";
const TESTS = ["**/*.test.ts", "**/*.test.tsx", "**/*.contract.ts", "**/testing/**", "faults/**"];

const BARREL = {
  selector: "ExportAllDeclaration[source.value=/^\\./]",
  message: "No barrels but a package's own index.ts.",
};

export default defineConfig(
  {
    ignores: [
      "**/node_modules/",
      "**/.next/",
      "**/generated/",
      ".homeport/",
      "test-results/",
      "playwright-report/",
      "**/next-env.d.ts",
      "templates/",
    ],
  },
  js.configs.recommended,
  ...tseslint.configs.recommendedTypeChecked,
  {
    // Few programs with much in each: one for every package would check the same sources a dozen times.
    languageOptions: {
      parserOptions: {
        project: [
          "tsconfig.lint.json",
          "tsconfig.json",
          "apps/dashboard/tsconfig.check.json",
          "packages/ui/tsconfig.json",
        ],
        tsconfigRootDir: import.meta.dirname,
      },
    },
    linterOptions: { reportUnusedDisableDirectives: "error" },
    rules: {
      "max-lines": ["error", { max: 300, skipBlankLines: false, skipComments: false }],
      "max-params": ["error", 3],
      "no-else-return": "error",
      eqeqeq: "error",
      "no-console": "error",
      "no-warning-comments": "error",
      "@typescript-eslint/consistent-type-imports": "error",
      "@typescript-eslint/no-explicit-any": "error",
      "@typescript-eslint/no-non-null-assertion": "error",
      "@typescript-eslint/switch-exhaustiveness-check": ["error", { considerDefaultExhaustiveForUnions: true }],
      "@typescript-eslint/no-unused-vars": ["error", { argsIgnorePattern: "^_", varsIgnorePattern: "^_" }],
      "@typescript-eslint/restrict-template-expressions": ["error", { allowNumber: true, allowBoolean: true }],
      "@typescript-eslint/no-misused-promises": ["error", { checksVoidReturn: { attributes: false } }],
      // An interface may ask for a promise where this implementation needs none.
      "@typescript-eslint/require-await": "off",
      "no-restricted-syntax": ["error", ...SYNTAX, BARREL],
    },
  },
  {
    files: [
      "apps/dashboard/**",
      "packages/{api,auth,domain}/src/**",
      "prisma/src/{client,sealing,database-away,known-error}.ts",
      "temporal/src/{client,codec,engine-calls}.ts",
    ],
    ignores: TESTS,
    rules: {
      "no-restricted-syntax": [
        "error",
        ...SYNTAX,
        BARREL,
        {
          selector: `BinaryExpression[operator="instanceof"]:not([right.name=${ONE_CLASS}])`,
          message: "The dashboard's bundles each have their own copy of this class: compare a brand, a name or a code.",
        },
      ],
    },
  },
  { files: ["**/index.ts", "prisma/src/types.ts"], rules: { "no-restricted-syntax": ["error", ...SYNTAX] } },
  { files: ["**/*.{test,e2e,bench,contract}.{ts,tsx}"], rules: { "max-lines": ["error", { max: 500 }] } },
  // Who, on what, how, and for how long: the sentences of a scenario.
  { files: ["faults/**"], rules: { "max-params": ["error", 4] } },
  { files: ["scripts/**", "**/main.ts", "bench/**", "faults/**"], rules: { "no-console": "off" } },
  {
    files: ["**/*.{js,mjs}"],
    extends: [tseslint.configs.disableTypeChecked],
    languageOptions: {
      globals: {
        process: "readonly",
        console: "readonly",
        WebAssembly: "readonly",
        globalThis: "readonly",
        URL: "readonly",
      },
    },
    rules: { "no-console": "off", "max-params": "off" },
  },
  { files: ["**/*.tsx", "apps/dashboard/**/*.ts"], ...reactHooks.configs.flat["recommended-latest"] },

  forbid(
    ["packages/domain/src/**"],
    ["node:*", "@homeport/db/client", "@homeport/db/sealing", "@temporalio/*"],
    "domain is pure: it runs in the browser, on the server and in the workflow sandbox.",
  ),
  forbid(
    ["temporal/src/workflows/**"],
    [
      "node:*",
      "zod",
      "@temporalio/activity",
      "@temporalio/worker",
      "@temporalio/client",
      "@homeport/db/client",
      "@homeport/proxmox",
      "@homeport/ssh",
      "@homeport/guest",
    ],
    "Workflow code is replayed: no I/O, no library that grows every cached workflow.",
  ),
  forbid(
    ["temporal/src/activities/host/**"],
    ["@homeport/db/client", "@homeport/db/sealing", "@prisma/*", "**/records/**"],
    "Host activities never see the database.",
  ),
  forbid(
    ["temporal/src/activities/records/**"],
    ["@homeport/proxmox", "@homeport/ssh", "**/host/**"],
    "Record activities never see a host.",
  ),
  forbid(
    ["packages/api/src/**", "packages/auth/src/**"],
    ["@homeport/proxmox", "@homeport/ssh", "@homeport/lab", "@temporalio/*"],
    "Only temporal/ touches a host; the API reads rows and starts workflows.",
  ),
  forbid(
    ["apps/dashboard/features/**", "packages/ui/**"],
    ["@homeport/db/client", "@homeport/db/sealing", "node:*", "pg"],
    "The browser gets domain and db/types, never the database.",
  ),
);
