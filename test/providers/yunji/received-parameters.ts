import { createHmac } from "node:crypto";
import type { ReceivedRequest } from "../../support/vendor-server.ts";

/** A request's parameters by name, its own and the public ones, each as the text that came over the wire. */
export function receivedParameters({ method, url, body }: ReceivedRequest): Map<string, string> {
  if (method === "GET") return new Map(new URL(url, "http://vendor.test").searchParams);
  const exact = JSON.parse(body, (_name, value, { source }) =>
    typeof value === "number" ? JSON.rawJSON(source ?? "") : value,
  );
  return new Map(
    Object.entries(Object(exact)).map(([name, value]) => [
      name,
      typeof value === "string" ? value : JSON.stringify(value),
    ]),
  );
}

/** The signature that yunji.txt, 计算签名, gives these parameters: written from the document alone. */
export function documentedSignature(parameters: ReadonlyMap<string, string>, secret: string): string {
  const pairs = [...parameters]
    .filter(([name, value]) => name !== "signature" && value !== "")
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([name, value]) => `${name}=${value}`);
  return createHmac("sha1", `${secret}&`).update(pairs.join("&")).digest("base64");
}
