// Homeport's own lint rules: what a compiler and oxlint's rules cannot know of this house. Each is shown a breach in laws.test.ts.

/** These classes exist once for each bundle of the dashboard: `instanceof` compares with another copy than the one that was thrown. */
const OWN_ERRORS = /^(AppError|Explained|TRPCError|TRPCClientError|ZodError|SealingKeysError|PrismaClient.*Error)$/;
/** What Next bundles may compare with: one class in the whole process (of the language, the DOM or Node), or known by symbol (Temporal's). */
const ONE_CLASS =
  /^(Error|TypeError|Date|Map|Set|Uint8Array|Response|Element|HTMLElement|Socket|Workflow.*Error|ServiceError)$/;

const keyOf = (property) => property.key?.name ?? property.key?.value;
/** Keys of an object, those of what it spreads not included. */
const keysOf = ({ properties }) => properties.filter(({ type }) => type === "Property").map(keyOf);
/** `{ id, userId }` and `{ id: x, projectId: y }`; not `{ userId, id: { not: x } }`, which names no row. */
const namesOwnRow = (node) =>
  node.properties.some((one) => keyOf(one) === "id" && one.value.type !== "ObjectExpression") &&
  keysOf(node).some((key) => key === "userId" || key === "projectId");
const SQL_OWN_ROW = /WHERE "id" = \S+ AND "(userId|projectId)" = |WHERE "(userId|projectId)" = \S+ AND "id" = /;
const isWhere = (property) =>
  keyOf(property) === "where" &&
  property.value.type === "ObjectExpression" &&
  property.parent.type === "ObjectExpression";

const nameOf = (node) => (node.type === "MemberExpression" ? node.property.name : node.name);

/** `db.run.update(…)` and its like. */
const RUN_WRITES =
  /^(create|createMany|createManyAndReturn|update|updateMany|updateManyAndReturn|upsert|delete|deleteMany)$/;
/** A row that is written through another one: `runs: { updateMany: … }`. */
const NESTED_RUN_WRITES = /^(create|createMany|connectOrCreate|update|updateMany|upsert|delete|deleteMany)$/;
const EVENT_SQL = /\b(UPDATE|INSERT\s+INTO)\s+"ContainerEvent"/i;
const RUN_SQL = /\b(UPDATE|INSERT\s+INTO|DELETE\s+FROM)\s+"Run"/i;

/**
 * Names that meant five things each: a name says record, report, label, text, slot, queue, scan, transport (docs/STYLE.md).
 * A shell's words are words.
 */
const VAGUE =
  /^(tell|told|say|says|said)([A-Z]|$)|^(door|turns?)$|(?<!parse|expand|quote|^)(Words|Door|Turns?)$|^look([A-Z]|$)|^marker[A-Z]/;
const isVague = ({ id }) => id?.type === "Identifier" && VAGUE.test(id.name);
/** As the table of domain/run/run-kinds names them: laws.test.ts shows that none is missing. */
const RUN_KINDS = new Set(["provision", "start", "stop", "shutdown", "reboot", "destroy"]);
const isRunKind = (node) => node?.type === "Literal" && RUN_KINDS.has(node.value);
/** `kind`, `run.kind`, `activeKind`. A creation's name is nobody else's: there any name will do. A step may be called as the others are. */
const isKind = (node, literal) => literal.value === "provision" || /^kind$|Kind$/.test(nameOf(node) ?? "");
const comparesKind = (one, other) => isRunKind(one) && isKind(other, one);
/** Columns that hold a code (temporal/src/stored-text.test.ts): what a person reads is made of it in domain/text. */
const CODE_COLUMNS = /^(stateReason|waitingFor|detail|resolution)$/;
const isSentence = (node) =>
  (node.type === "Literal" && typeof node.value === "string" && node.value.includes(" ")) ||
  node.type === "TemplateLiteral" ||
  (node.type === "ConditionalExpression" && (isSentence(node.consequent) || isSentence(node.alternate))) ||
  (node.type === "LogicalExpression" && (isSentence(node.left) || isSentence(node.right)));
/** `{ data: { … } }`, `{ create: { … } }`: what Prisma is given to write, at any depth. */
const isWritten = (node) => {
  for (let one = node.parent; one !== null && one !== undefined; one = one.parent)
    if (one.type === "Property" && /^(data|create|update)$/.test(keyOf(one))) return true;
  return false;
};

/** One rule: what it says of a breach, and which nodes are one. */
const law = (message, visitors) => ({
  meta: { type: "problem", docs: { description: message }, schema: [] },
  create(context) {
    const report = (node) => context.report({ node, message });
    return Object.fromEntries(
      Object.entries(visitors).map(([type, isBreach]) => [type, (node) => isBreach(node) && report(node)]),
    );
  },
});

export default {
  meta: { name: "homeport" },
  rules: {
    "no-module-mocks": law("No module mocks: dependencies are arguments.", {
      CallExpression: ({ callee }) =>
        callee.type === "MemberExpression" &&
        /^(vi|jest)$/.test(callee.object.name) &&
        /^(mock|doMock)$/.test(callee.property.name),
    }),
    "no-own-instanceof": law(
      "Each bundle has its own copy of this class: ask isAppError, isKnownError, or compare name and code.",
      { BinaryExpression: ({ operator, right }) => operator === "instanceof" && OWN_ERRORS.test(nameOf(right)) },
    ),
    "no-bundled-instanceof": law(
      "The dashboard's bundles each have their own copy of this class: compare a brand, a name or a code.",
      { BinaryExpression: ({ operator, right }) => operator === "instanceof" && !ONE_CLASS.test(nameOf(right)) },
    ),
    "no-run-writes": law("Only packages/records writes a run: its state moves by one table (domain/run-state).", {
      CallExpression: ({ callee }) =>
        callee.type === "MemberExpression" &&
        RUN_WRITES.test(callee.property.name) &&
        callee.object.type === "MemberExpression" &&
        nameOf(callee.object) === "run",
      Property: ({ key, value }) =>
        /^(run|runs)$/.test(key.name) &&
        value.type === "ObjectExpression" &&
        value.properties.some((one) => one.type === "Property" && NESTED_RUN_WRITES.test(one.key.name)),
      TemplateLiteral: ({ quasis }) => RUN_SQL.test(quasis.map(({ value }) => value.raw).join("?")),
      Literal: ({ value }) => typeof value === "string" && RUN_SQL.test(value),
    }),
    "no-event-writes": law(
      "Only packages/records/src/record-event.ts writes an event: a code (domain/container/container-event), no sentence.",
      {
        CallExpression: ({ callee }) =>
          callee.type === "MemberExpression" &&
          RUN_WRITES.test(callee.property.name) &&
          callee.object.type === "MemberExpression" &&
          nameOf(callee.object) === "containerEvent",
        Property: ({ key, value }) =>
          key.name === "events" &&
          value.type === "ObjectExpression" &&
          value.properties.some((one) => one.type === "Property" && NESTED_RUN_WRITES.test(one.key.name)),
        TemplateLiteral: ({ quasis }) => EVENT_SQL.test(quasis.map(({ value }) => value.raw).join("?")),
      },
    ),
    "no-run-kinds": law("What a kind of run is asked for stands in the table of domain/run/run-kinds: ask it there.", {
      BinaryExpression: ({ operator, left, right }) =>
        /^[!=]==?$/.test(operator) && (comparesKind(left, right) || comparesKind(right, left)),
      SwitchCase: ({ test, parent }) => isRunKind(test) && isKind(parent.discriminant, test),
      CallExpression: ({ callee, arguments: [one] }) =>
        callee.type === "MemberExpression" &&
        callee.property.name === "includes" &&
        callee.object.type === "ArrayExpression" &&
        one !== undefined &&
        callee.object.elements.some((element) => isRunKind(element) && isKind(one, element)),
      ObjectExpression: (node) =>
        keysOf(node).includes("provision") && keysOf(node).filter((key) => RUN_KINDS.has(key)).length > 1,
      TSTypeReference: ({ typeName, typeArguments }) =>
        typeName.name === "Record" && typeArguments?.params[0]?.typeName?.name === "RunKind",
    }),
    "no-stored-sentences": law(
      "What a person reads is stored as a code with its data, never as a sentence: domain/text makes that where it is shown.",
      { Property: (node) => CODE_COLUMNS.test(keyOf(node)) && isSentence(node.value) && isWritten(node) },
    ),
    "owned-by-access": law(
      "Whose a row is, is decided in packages/api/src/access: ask `owned` for a row, `visible` for a list.",
      {
        Property: (node) => isWhere(node) && (namesOwnRow(node.value) || keysOf(node.value).includes("projectId")),
        TemplateLiteral: ({ quasis }) => SQL_OWN_ROW.test(quasis.map(({ value }) => value.raw).join("?")),
      },
    ),
    "no-other-letters": law(
      "Ids of inputs come in small letters, as the database has them and as they are compared: domain/text/uuid.",
      {
        CallExpression: ({ callee }) =>
          callee.type === "MemberExpression" && callee.object.name === "z" && callee.property.name === "uuid",
      },
    ),
    "plain-names": law("This word meant five things: see the words that do not come back in docs/STYLE.md.", {
      FunctionDeclaration: isVague,
      VariableDeclarator: isVague,
      ClassDeclaration: isVague,
      TSInterfaceDeclaration: isVague,
      TSTypeAliasDeclaration: isVague,
    }),
    "no-barrels": law("No barrels but a package's own index.ts.", {
      ExportAllDeclaration: ({ source }) => source.value.startsWith("."),
    }),
  },
};
