/** Takes secrets out of whatever is about to leave the process. */
export type Redactor = {
  /** Makes a configured value secret from now on. */
  hide: (secret: string) => void;
  /** Makes a token secret that was just issued, until enough later ones have taken its place. */
  hideIssued: (token: string) => void;
  text: (text: string) => string;
  /** The same value with every text in it redacted, and members with a telling name replaced. */
  value: (value: unknown) => unknown;
};

const replacement = "[redacted]";
/** Shorter values would make every log unreadable and protect nothing. */
const shortestSecret = 4;
/** Issued tokens that are remembered; older ones have run out. */
const rememberedTokens = 100;
const deepestLevel = 12;

const secretNames =
  "authorization|access_?token|refresh_?token|id_?token|client_?secret|password|signature|sign|token|salt|secret";
const secretName = new RegExp(`^(?:${secretNames}|access_?key(?:_?secret)?)$`, "i");
const secretMember = new RegExp(
  `((?:"|\\b)(?:${secretNames})"?\\s*[=:]\\s*"?)(?:Bearer\\s+)?[^\\s"&,;}]+`,
  "gi",
);
const bearer = /\bBearer\s+[\w.~+/=-]+/gi;

/** A redactor that knows the configured secrets, in the spellings they take in URLs, JSON and base64. */
export function createRedactor(secrets: Iterable<string> = []): Redactor {
  const configured = new Set<string>();
  const issued = new Set<string>();
  /** Longest first, so that no secret is left behind by a shorter one inside it. */
  let spelledOut: string[] = [];

  const remember = (known: Set<string>, secret: string) => {
    if (secret.length < shortestSecret || known.has(secret)) return;
    known.add(secret);
    const [oldest] = issued;
    if (issued.size > rememberedTokens && oldest !== undefined) issued.delete(oldest);
    spelledOut = [...configured, ...issued].flatMap(spellings).sort((a, b) => b.length - a.length);
  };
  const text = (plain: string) => {
    const withoutKnown = spelledOut.reduce((rest, secret) => rest.replaceAll(secret, replacement), plain);
    return withoutKnown.replace(bearer, `Bearer ${replacement}`).replace(secretMember, `$1${replacement}`);
  };
  const value = (plain: unknown, level = 0): unknown => {
    if (typeof plain === "string") return text(plain);
    if (typeof plain !== "object" || plain === null) return plain;
    if (level >= deepestLevel) return replacement;
    if (Array.isArray(plain)) return plain.map((member) => value(member, level + 1));
    if (plain instanceof Error) return text(`${plain.name}: ${plain.message}`); // a stack stays inside
    return Object.fromEntries(
      Object.entries(plain).map(([name, member]) => [
        text(name),
        secretName.test(name) ? replacement : value(member, level + 1),
      ]),
    );
  };

  for (const secret of secrets) remember(configured, secret);
  return {
    hide: (secret) => remember(configured, secret),
    hideIssued: (token) => remember(issued, token),
    text,
    value: (plain) => value(plain),
  };
}

function spellings(secret: string): string[] {
  const bytes = new TextEncoder().encode(secret);
  const base64 = btoa(String.fromCharCode(...bytes));
  const json = JSON.stringify(secret).slice(1, -1);
  return [...new Set([secret, encodeURIComponent(secret), json, base64])];
}
