// What zod says of an input in a person's words, wherever a schema names no sentence of its own: imported for its effect by the schemas
// of inputs and by every door that has other ones (the API, the worker's template reader). Zod keeps one configuration per process, whatever is bundled apart.
import { z } from "zod";

type Issue = z.core.$ZodRawIssue;

z.config({ customError: (issue) => inputMessage(issue) });

function inputMessage(issue: Issue): string {
  switch (issue.code) {
    case "invalid_type":
      return issue.input === undefined || issue.input === null
        ? "This is needed."
        : (expected[issue.expected] ?? "Something else is needed here.");
    case "too_big":
      return limit(issue.origin, {
        most: issue.inclusive === false ? `less than ${issue.maximum}` : `at most ${issue.maximum}`,
      });
    case "too_small":
      if (Number(issue.minimum) === 1 && issue.origin !== "number" && issue.origin !== "int") return "This is needed.";
      return limit(issue.origin, {
        most: issue.inclusive === false ? `more than ${issue.minimum}` : `at least ${issue.minimum}`,
      });
    case "invalid_format":
      return formats[issue.format] ?? "This does not have the form that is needed here.";
    case "not_multiple_of":
      return `A multiple of ${issue.divisor} is needed.`;
    case "unrecognized_keys":
      return `Homeport does not know ${issue.keys
        .map((key) => `“${key.slice(0, 40)}”`)
        .slice(0, 5)
        .join(", ")} here.`;
    case "invalid_value":
      return issue.values.length > 0 && issue.values.length <= 12
        ? `One of these is needed: ${issue.values.map(String).join(", ")}.`
        : "Choose one of those that are offered.";
    case "invalid_union":
      return "This has none of the forms that are possible here.";
    default:
      return "This is not right.";
  }
}

const expected: Record<string, string> = {
  string: "A text is needed.",
  number: "A number is needed.",
  int: "A whole number is needed.",
  boolean: "Yes or no is needed.",
  array: "A list is needed.",
  object: "Several values are needed.",
  date: "A date is needed.",
};

const formats: Record<string, string> = {
  email: "An e-mail address is needed, such as ada@example.com.",
  url: "A web address is needed, such as https://example.com.",
  uuid: "This is no id that Homeport has given.",
  datetime: "A date and time are needed.",
  ipv4: "An IPv4 address is needed, such as 192.168.1.10.",
  ipv6: "An IPv6 address is needed, such as 2001:db8::10.",
};

const units: Record<string, string> = { string: " characters", array: " entries", set: " entries", map: " entries" };

function limit(origin: string, { most }: { most: string }): string {
  const unit = units[origin];
  return unit === undefined
    ? `A number of ${most} is needed.`
    : `${most.charAt(0).toUpperCase()}${most.slice(1)}${unit}.`;
}
