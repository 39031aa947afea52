import type { VroomBreak } from "./breaks.ts";
import {
  asObject,
  elements,
  type Field,
  identifier,
  isPresent,
  member,
  type ObjectField,
  optional,
  refuse,
  refusePath,
  wholeNumber,
} from "./fields.ts";

const stepTypes = ["start", "job", "pickup", "delivery", "break", "end"] as const;

/** A step of the route that a document gives a vehicle (API.md, Vehicles); the clock is bound by it with `-c` alone. */
export type VroomStepRequest = {
  /** Where it stands in the document; that of `steps` for a start or an end that is understood. */
  path: string;
  type: (typeof stepTypes)[number];
  /** Of the task or break; -1 at the start and the end. */
  id: number;
  /** Earliest and latest begin of service in seconds, and the field that says the latter. */
  after: number;
  before: number;
  limitedBy: "service_at" | "service_before" | undefined;
};

/** Reads `steps`; the start comes first and the end last where they are told, and each break at most once. */
export function readSteps(field: Field, breaks: readonly VroomBreak[]): VroomStepRequest[] {
  const steps = elements(field, "an array of steps").map((step) => readStep(asObject(step)));
  const taken = new Map<number, string>();
  steps.forEach((step, index) => {
    const { path, type, id } = step;
    if (type === "start" && index > 0) refusePath(path, "is a start, which takes the first place");
    if (type === "end" && index < steps.length - 1) refusePath(path, "is an end, which takes the last place");
    if (type !== "break") return;
    if (!breaks.some((own) => own.id === id))
      refusePath(`${path}.id`, `is ${id}, but the vehicle has no such break`);
    const earlier = taken.get(id);
    if (earlier) refusePath(`${path}.id`, `is ${id}, the break that ${earlier} has already`);
    taken.set(id, path);
  });
  return steps.length === 0 ? [] : withBothEnds(steps, field.path);
}

function readStep(step: ObjectField): VroomStepRequest {
  const type = readType(member(step, "type"));
  const isEnd = type === "start" || type === "end";
  const time = (name: string) => optional(member(step, name), (field) => wholeNumber(field), undefined);
  const at = time("service_at");
  const before = time("service_before") ?? Number.POSITIVE_INFINITY;
  const limitedBy = at !== undefined && at <= before ? "service_at" : "service_before";
  return {
    path: step.path,
    type,
    id: isEnd ? -1 : identifier(member(step, "id")),
    after: Math.max(at ?? 0, time("service_after") ?? 0),
    before: Math.min(at ?? Number.POSITIVE_INFINITY, before),
    limitedBy: at === undefined && !isPresent(member(step, "service_before")) ? undefined : limitedBy,
  };
}

function readType(field: Field): VroomStepRequest["type"] {
  return (
    stepTypes.find((type) => type === field.value) ??
    refuse(field, `one of ${stepTypes.map((type) => `"${type}"`).join(", ")}`)
  );
}

/** As VROOM does: a start and an end that are not told are understood. */
function withBothEnds(steps: VroomStepRequest[], path: string): VroomStepRequest[] {
  const free = { path, id: -1, after: 0, before: Number.POSITIVE_INFINITY, limitedBy: undefined };
  const start: VroomStepRequest[] = steps[0]?.type === "start" ? [] : [{ ...free, type: "start" }];
  const end: VroomStepRequest[] = steps.at(-1)?.type === "end" ? [] : [{ ...free, type: "end" }];
  return [...start, ...steps, ...end];
}
