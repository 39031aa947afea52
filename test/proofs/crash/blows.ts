import { setTimeout as delay } from "node:timers/promises";
import { createDice, type Dice } from "../../../bench/problems/dice.ts";
import type { KillableServer } from "../server/killable-server.ts";
import type { Stage, StoppedRequest, VendorGate } from "../server/vendor-gate.ts";
import type { Scenario } from "./scenario.ts";

/** How the server is killed in one attempt. */
export type Blow = {
  kind: string;
  /** Before each call of the attempt, the first (0) and those after a crash. */
  prepare: (server: KillableServer, call: number) => Promise<void>;
  /** Lets go of whatever is still held up. */
  end: () => Promise<void>;
};

/** Makes a blow once the attempt is ready for it. */
export type BlowMaker = (place: { gate: VendorGate; writes: Scenario["writes"] }) => Blow;

type BlowOptions = { points: number; kills: number; seed: number };

/** Of ten attempts five die within at one point, two at a second one too, and three from outside. */
const partsOfTen = { inside: 5, twice: 2 };

/**
 * Blows without end. Those within are spread evenly over all points there are, beginning at one that the seed chooses:
 * as many as there are points meet every one of them.
 */
export function* blowsOf({ points, kills, seed }: BlowOptions): Generator<BlowMaker> {
  const dice = createDice(seed);
  const first = dice.upTo(points - 1);
  const step = strideOver(points, Math.floor(points / Math.max(1, kills * 0.7)));
  const outside = outsideKinds(dice);
  for (let number = 0, inside = 0; ; number++) {
    const place = number % 10;
    if (place >= partsOfTen.inside + partsOfTen.twice) {
      yield outside(number);
      continue;
    }
    const point = 1 + ((first + inside++ * step) % points);
    const second = place >= partsOfTen.inside ? dice.between(1, points) : 0;
    yield () => blowWithin(point, second);
  }
}

/** The stride nearest to the one wanted that meets every point before it meets one again. */
function strideOver(points: number, wanted: number): number {
  const divisor = (a: number, b: number): number => (b === 0 ? a : divisor(b, a % b));
  for (let stride = Math.max(1, wanted); ; stride++) if (divisor(stride, points) === 1) return stride;
}

/** Dies at one point of the first call, and with `second` above 0 at one of the call after it. */
function blowWithin(point: number, second: number): Blow {
  const points = [point, second];
  return {
    kind: second === 0 ? "within" : "within, twice",
    prepare: (server, call) => server.arm(points[call] ?? 0),
    end: async () => {},
  };
}

/** What becomes of a request that was stopped, once its sender is dead. */
type Fate = "lost" | "carried out late";

const outsideCases: { stage: Stage; fate: Fate }[] = [
  { stage: "received", fate: "lost" },
  { stage: "carried out", fate: "lost" },
  { stage: "half answered", fate: "lost" },
  { stage: "received", fate: "carried out late" },
];

function outsideKinds(dice: Dice): (number: number) => BlowMaker {
  let next = dice.upTo(outsideCases.length - 1);
  return () => {
    const { stage, fate } = outsideCases[next++ % outsideCases.length] ?? { stage: "received", fate: "lost" };
    return ({ gate, writes }) =>
      blowFromOutside({ gate, path: writes.path, stage, fate, skip: dice.upTo(writes.times - 1) });
  };
}

type OutsideBlow = { gate: VendorGate; path: string; stage: Stage; fate: Fate; skip: number };

/** Long enough for the next call to have looked for it in vain. */
const lateMilliseconds = 500;

/** Kills the sender of one request while the vendor has it; one that is late is carried out during the next call. */
function blowFromOutside({ gate, path, stage, fate, skip }: OutsideBlow): Blow {
  let stopped: StoppedRequest | undefined;
  let settled: Promise<void> | undefined;
  const settle = async () => {
    if (fate === "lost") return stopped?.drop();
    await delay(lateMilliseconds);
    await stopped?.letThrough();
  };
  return {
    kind: `vendor: ${stage}${fate === "lost" ? "" : `, ${fate}`}`,
    prepare: async (server, call) => {
      await server.arm(0);
      if (call > 0) {
        settled ??= settle();
        return;
      }
      void gate.stop({ path, stage, skip }).then(async (request) => {
        stopped = request;
        await server.kill();
      });
    },
    end: async () => settled,
  };
}
