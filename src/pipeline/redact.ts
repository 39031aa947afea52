/** Takes secrets out of whatever is about to leave the process. */
export type Redactor = {
  /** Makes a configured value secret from now on. */
  hide: (secret: string) => void;
  /** Makes a token secret that was just issued, until enough later ones have taken its place. */
  hideIssued: (token: string) => void;
  /** For logs and errors: also what merely looks like a secret goes. */
  text: (text: string) => string;
  /** The same value with every text in it redacted, and members with a telling name replaced. */
  value: (value: unknown) => unknown;
  /** For answers: only what is known to be secret goes, for a remark that says "password: 8899" is the customer's. */
  answer: (text: string) => string;
  answerData: (data: Record<string, unknown>) => Record<string, unknown>;
};

const replacement = "[redacted]";
/** Shorter values would make every log unreadable and protect nothing. */
const shortestSecret = 4;
/** Shorter ones go from answers only where they stand alone: inside of a number they are chance. */
const shortestInside = 8;
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
    const unknownAlone = spelledOut.reduce((rest, secret) => rest.replaceAll(secret, replacement), plain);
    return unknownAlone.replace(bearer, `Bearer ${replacement}`).replace(secretMember, `$1${replacement}`);
  };
  const answerText = (plain: string) =>
    spelledOut.reduce((rest, secret) => (rest.includes(secret) ? withoutKnown(rest, secret) : rest), plain);
  const answer = (plain: unknown, level = 0): unknown => {
    if (typeof plain === "string") return answerText(plain);
    if (typeof plain !== "object" || plain === null) return plain;
    if (level >= deepestLevel) return replacement;
    if (Array.isArray(plain)) return plain.map((member) => answer(member, level + 1));
    const members = Object.entries(plain).map(([name, member]) => [
      answerText(name),
      answer(member, level + 1),
    ]);
    return Object.fromEntries(members);
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
    answer: (text) => answerText(text),
    answerData: (data) =>
      Object.fromEntries(Object.entries(data).map(([name, member]) => [name, answer(member)])),
  };
}

/** A short one goes only where it stands alone. */
function withoutKnown(text: string, secret: string): string {
  if (secret.length >= shortestInside) return text.replaceAll(secret, replacement);
  const literal = secret.replace(/[.*+?^${}()|[\]\\]/g, "\\$&");
  return text.replace(new RegExp(`(?<![\\p{L}\\p{N}])${literal}(?![\\p{L}\\p{N}])`, "gu"), replacement);
}

/** The forms that a secret takes in URLs, JSON and base64. */
export function spellings(secret: string): string[] {
  const bytes = new TextEncoder().encode(secret);
  const base64 = btoa(String.fromCharCode(...bytes));
  const json = JSON.stringify(secret).slice(1, -1);
  return [...new Set([secret, encodeURIComponent(secret), json, base64])];
}
