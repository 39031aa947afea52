import { quote } from "./vendor-text.ts";

/** How a deed that can't be brought back was agreed to: by the person who was asked, by the caller's token, or unasked. */
export type Agreement = "person" | "token" | "off";

/**
 * Who asked for a write, as far as the transport tells; what a client says of itself nobody proves. Members that are
 * not known are left out.
 */
export type Principal = {
  transport: "stdio" | "http";
  /** The client's own name and version. */
  client?: string;
  /** Whom HTTP authenticated, or on stdio the account of the system that runs the process. */
  account?: string;
  /** Where an HTTP request came from. */
  address?: string;
  /** There for tools that take two steps. */
  agreement?: Agreement;
};

/** The principal in few words for a person, on one line. */
export function describePrincipal({ transport, client, account, address, agreement }: Principal): string {
  const who = client === undefined ? "an unnamed client" : quote(client, 60);
  const onBehalf = account === undefined ? "" : ` for ${quote(account, 60)}`;
  const from = address === undefined ? transport : `${transport} from ${quote(address, 60)}`;
  const agreed = agreement === undefined ? "" : `, ${agreementWords[agreement]}`;
  return `${who}${onBehalf} (${from}${agreed})`;
}

const agreementWords: Record<Agreement, string> = {
  person: "a person agreed",
  token: "confirmed by token",
  off: "confirmation was off",
};
