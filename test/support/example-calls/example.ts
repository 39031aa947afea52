import type { Sandbox } from "../../../src/sandbox/sandbox.ts";
import type { TestClient } from "../clients.ts";

/** What examples are made from: a client on a server whose vendors are the sandbox's, and what those hold. */
export type ExampleWorld = Pick<TestClient, "call"> & Pick<Sandbox, "holdings">;

/** Makes the arguments of one good call of a tool; may call other tools first, such as a create before a cancel. */
export type Example = (world: ExampleWorld) => Promise<Record<string, unknown>>;
