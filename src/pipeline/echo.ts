import type { Step, VendorAnswer, VendorRequest } from "./pipeline.ts";
import { spellings } from "./redact.ts";

const replacement = Buffer.from("[redacted]");

/** Takes the signature of each request out of its answer, where a vendor repeats it. */
export function hideSignature(names: readonly string[]): Step {
  return (next) => async (request) => {
    const answer = await next(request);
    const signature = names.map((name) => memberOf(request, name)).find((value) => value !== undefined);
    return signature === undefined ? answer : withoutEcho(answer, signature);
  };
}

function memberOf({ query, json }: VendorRequest, name: string): string | undefined {
  const inBody = json?.[name];
  if (typeof inBody === "string") return inBody;
  return query.find(([member]) => member === name)?.[1];
}

/** The answer without what was secret about its own request, such as a signature that the vendor repeats. */
export function withoutEcho(answer: VendorAnswer, secret: string): VendorAnswer {
  const whole = Buffer.from(answer.body);
  const echoed = spellings(secret).filter((spelling) => whole.includes(spelling));
  if (echoed.length === 0) return answer;
  return { ...answer, body: echoed.reduce<Uint8Array>(withoutText, whole) };
}

/** On bytes, since a body need not be text. */
function withoutText(body: Uint8Array, text: string): Uint8Array {
  const rest = Buffer.from(body);
  const { length } = Buffer.from(text);
  const parts: Uint8Array[] = [];
  let from = 0;
  for (let at = rest.indexOf(text); at >= 0; at = rest.indexOf(text, from)) {
    parts.push(rest.subarray(from, at), replacement);
    from = at + length;
  }
  return Buffer.concat([...parts, rest.subarray(from)]);
}
