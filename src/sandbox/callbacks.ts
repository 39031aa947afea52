import type { VendorName } from "../domain/failure.ts";

/** One push to the address that was set up in the vendor's back office. */
export type Callback = {
  vendor: VendorName;
  /** Below the base address: /yunji/arrived/{secret} is the receiver's to know, so this is the kind alone. */
  kind: string;
  /** Sent as a form. */
  fields: Record<string, string>;
};

/** A push as it ended: the receiver's status, or null when it could not be reached. */
export type SentCallback = Callback & { status: number | null; attempts: number };

/** Where pushes go and what became of them. */
export type Callbacks = {
  /** `http://127.0.0.1:3920/webhooks/yunji`; undefined while none is set up. */
  baseUrl: () => string | undefined;
  setBaseUrl: (url: string | undefined) => void;
  /** Pushes to `<base>/<kind>/<secret>`, again a few times where it is not taken; never throws. */
  push: (callback: Callback) => Promise<void>;
  sent: () => SentCallback[];
  close: () => void;
};

const attempts = 3;
const secondsBetween = 1;
const patienceMilliseconds = 5_000;
const kept = 1_000;

/** A sender of pushes; `secret` is the last part of each address. */
export function createCallbacks(secret: string): Callbacks {
  let base: string | undefined;
  const log: SentCallback[] = [];
  const closed = new AbortController();

  const push = async (callback: Callback) => {
    if (base === undefined || closed.signal.aborted) return;
    const url = `${base}/${callback.kind}/${secret}`;
    const entry: SentCallback = { ...callback, status: null, attempts: 0 };
    log.push(entry);
    if (log.length > kept) log.shift();
    for (; entry.attempts < attempts && entry.status !== 200; entry.attempts += 1) {
      if (entry.attempts > 0) await pause(secondsBetween);
      if (closed.signal.aborted) return;
      entry.status = await postForm(url, callback.fields, closed.signal);
    }
  };
  return {
    baseUrl: () => base,
    setBaseUrl: (url) => {
      base = url;
    },
    push,
    sent: () => log.map((entry) => ({ ...entry })),
    close: () => closed.abort(),
  };
}

/** The receiver's status, null where none came. A redirection is not followed: it could lead off this machine. */
async function postForm(
  url: string,
  fields: Record<string, string>,
  closed: AbortSignal,
): Promise<number | null> {
  const signal = AbortSignal.any([closed, AbortSignal.timeout(patienceMilliseconds)]);
  try {
    const body = new URLSearchParams(fields);
    const answer = await fetch(url, { method: "POST", body, signal, redirect: "manual" });
    await answer.arrayBuffer();
    return answer.status;
  } catch {
    return null;
  }
}

function pause(seconds: number): Promise<void> {
  return new Promise((resolve) => {
    setTimeout(resolve, seconds * 1000).unref();
  });
}
