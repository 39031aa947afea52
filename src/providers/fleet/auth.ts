import type { Step } from "../../pipeline/pipeline.ts";

/** Puts the fixed key into `Authorization`, without `Bearer` (fleet.txt, 认证方式). */
export function authorizeWithKey(accessKey: string): Step {
  return (next) => (request) =>
    next({ ...request, headers: { ...request.headers, Authorization: accessKey } });
}
