import fc from "fast-check";
import { expect, test } from "vitest";
import { expectedSeconds, scriptOf, taskStatuses } from "../../../src/sandbox/yunji/delivery-script.ts";
import { positions } from "../../../src/sandbox/yunji/seed/hotel.ts";

const { queued, delivering, notTaken, beingTaken, taken, exception, failed } = taskStatuses;

/** Which state may follow which, as yunji.txt's names of them have it. */
const successors: Record<number, number[]> = {
  [queued]: [delivering, taken],
  [delivering]: [beingTaken, taken, exception, failed],
  [beingTaken]: [taken, notTaken],
  [exception]: [delivering],
};

const deliveries = fc.record({
  taskType: fc.constantFrom(0 as const, 1 as const, 2 as const, 3 as const),
  room: fc.constantFrom(...positions.filter(({ type }) => type === "0").map(({ name }) => name)),
  jams: fc.boolean(),
  key: fc.string(),
});

test("a task only moves as its states allow, from the queue on, and takes time for it", () => {
  fc.assert(
    fc.property(deliveries, (delivery) => {
      let status: number = queued;
      for (const step of scriptOf(delivery)) {
        expect(successors[status]).toContain(step.status);
        expect(step.afterSeconds).toBeGreaterThan(0);
        status = step.status;
      }
      expect([taken, notTaken, exception, failed]).toContain(status);
    }),
  );
});

test("each push goes with its state: errors with exceptions, arrivals with the door", () => {
  fc.assert(
    fc.property(deliveries, (delivery) => {
      for (const { push, status, error } of scriptOf(delivery)) {
        expect(push === "task-exception").toBe(error !== undefined);
        if (push === "task-exception") expect([exception, failed, notTaken]).toContain(status);
        if (push === "dispensed") expect([delivery.taskType, status]).toEqual([2, delivering]);
        expect(push === "arrived").toBe(status === beingTaken);
        expect(push === "completed").toBe(status === taken);
      }
    }),
  );
});

test("the same task always takes the same time, and what goes well what was expected", () => {
  fc.assert(
    fc.property(deliveries, (delivery) => {
      const script = scriptOf(delivery);
      expect(scriptOf(delivery)).toEqual(script);
      if (script.some(({ status }) => status === exception || status === failed)) return;
      const atDoor = script.findIndex(({ status }) => status === beingTaken || status === taken);
      const seconds = script.slice(0, atDoor + 1).reduce((sum, step) => sum + step.afterSeconds, 0);
      expect(expectedSeconds(script)).toBe(seconds);
    }),
  );
});
