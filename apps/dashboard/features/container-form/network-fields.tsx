"use client";
// Where its addresses come from: the network, the person, or nowhere; IPv4 and IPv6 each on their own.
import { aboutInput } from "./about-input";
import { TextInput, type FieldsContext } from "./fields";

interface Mode {
  value: string;
  title: string;
  text: string;
}

const modes4: readonly Mode[] = [
  { value: "dhcp", title: "DHCP", text: "The network gives it an address." },
  { value: "static", title: "Static", text: "You give it one." },
  { value: "none", title: "None", text: "IPv6 only." },
];
const modes6: readonly Mode[] = [
  { value: "none", title: "None", text: "Only a link-local address." },
  { value: "auto", title: "Automatic", text: "From the router (SLAAC)." },
  { value: "dhcp", title: "DHCPv6", text: "A DHCPv6 server gives it one." },
  { value: "static", title: "Static", text: "You give it one." },
];

/** `pattern`: for many containers, whose addresses are given by pattern. */
export function NetworkFields({ of, pattern = false }: { of: FieldsContext; pattern?: boolean }) {
  const { networkMode, ipv6Mode } = of.draft;
  return (
    <div className="flex flex-col gap-4">
      <Modes of={of} name="networkMode" legend={pattern ? "Addresses" : undefined} modes={modes4}>
        {networkMode === "static" && (
          <div className="grid gap-x-4 gap-y-3 sm:grid-cols-2">
            <TextInput
              of={of}
              name="address"
              label={pattern ? "Addresses by pattern" : undefined}
              mono
              placeholder={pattern ? "10.0.0.{20..29}/24" : "192.168.1.20/24"}
              hint={pattern ? "Or the first one, which counts up: 10.0.0.20/24." : "With its prefix."}
            />
            <TextInput
              of={of}
              name="gateway"
              mono
              placeholder={pattern ? "10.0.0.1" : "192.168.1.1"}
              hint="Optional."
            />
          </div>
        )}
      </Modes>
      <Modes of={of} name="ipv6Mode" modes={modes6}>
        {ipv6Mode === "static" && (
          <div className="grid gap-x-4 gap-y-3 sm:grid-cols-2">
            <TextInput
              of={of}
              name="ipv6Address"
              label={pattern ? "IPv6 addresses by pattern" : undefined}
              mono
              placeholder={pattern ? "2001:db8::{20..29}/64" : "2001:db8::20/64"}
              hint={pattern ? "Or the first one, which counts up." : "With its prefix."}
            />
            <TextInput
              of={of}
              name="ipv6Gateway"
              mono
              placeholder="fe80::1"
              hint="Optional: routers announce themselves."
            />
          </div>
        )}
      </Modes>
    </div>
  );
}

function Modes({
  of,
  name,
  legend = aboutInput(name).label,
  modes,
  children,
}: {
  of: FieldsContext;
  name: "networkMode" | "ipv6Mode";
  legend?: string | undefined;
  modes: readonly Mode[];
  children: React.ReactNode;
}) {
  const problem = of.problems[name];
  return (
    <fieldset
      className="flex flex-col gap-3"
      aria-describedby={problem === undefined ? undefined : `new-${name}-problem`}
    >
      <legend className="mb-1 text-body font-medium">{legend}</legend>
      <div className="flex flex-wrap gap-x-6 gap-y-2">
        {modes.map(({ value, title, text }) => (
          <label key={value} className="flex min-h-8 cursor-pointer items-center gap-2 text-body">
            <input type="radio" value={value} {...of.form.register(name)} className="size-4 accent-accent" />
            {title}
            <span className="text-meta text-muted">{text}</span>
          </label>
        ))}
      </div>
      {problem !== undefined && (
        <p id={`new-${name}-problem`} role="alert" className="text-meta text-bad">
          {problem}
        </p>
      )}
      {children}
    </fieldset>
  );
}
