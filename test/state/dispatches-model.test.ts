import fc from "fast-check";
import { afterAll, expect, test } from "vitest";
import {
  addClaim,
  type DispatchModel,
  doubledShipments,
  expectedOfClaim,
  keysOf,
  standing,
  stateOf,
} from "../support/dispatch-model.ts";
import {
  type Actor,
  createDispatchWorld,
  type Dispatching,
  type DispatchWorld,
  jobOf,
  notTaken,
  recordIntent,
  type WorldRoute,
} from "../support/dispatch-world.ts";
import { samplePlan } from "../support/sample-plan.ts";

const actors = 3;
const done = new Map<string, number>();
afterAll(() => {
  const counts = [...done].map(([what, count]) => `${what} ${count}`);
  process.stdout.write(`\nSteps of dispatching played: ${counts.join(", ")}\n`);
});

/** Everything that a step works on. */
type Play = {
  world: DispatchWorld;
  model: DispatchModel;
  processes: { actor: Actor; calls: Dispatching[] }[];
  writes: number;
};

function repeated<Kind extends string>(kind: Kind, times: number): Kind[] {
  return Array<Kind>(times).fill(kind);
}

const action = fc.record({
  // The more often, the more steps it takes to come to something.
  kind: fc.constantFrom(
    ...repeated("claim", 5),
    ...repeated("intend", 6),
    ...repeated("send", 6),
    ...repeated("answer", 5),
    ...repeated("settle", 4),
    ...repeated("release", 3),
    ...repeated("kill", 2),
    ...repeated("revise", 1),
    ...repeated("drop", 1),
  ),
  process: fc.nat(actors - 1),
  route: fc.nat(3),
  call: fc.nat(5),
  how: fc.constantFrom("done", "done", "refused", "lost"),
  ids: fc.subarray(["1", 2, "3", 17], { minLength: 1 }),
  isInformed: fc.boolean(),
});
type Action = typeof action extends fc.Arbitrary<infer Value> ? Value : never;

test("whatever processes do, in whatever order they are killed, no shipment is with the drivers of two plans", async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(action, { minLength: 40, maxLength: 120 }), async (actions) => {
      const play = await begin();
      try {
        for (const one of actions) {
          await steps[one.kind](play, one);
          await compare(play);
        }
      } finally {
        await play.world.close();
      }
    }),
    { numRuns: 150 },
  );
  for (const what of ["joined", "claim refused", "not sent", "resumed", "released", "revised"])
    expect(done.get(what), what).toBeGreaterThan(0);
});

async function begin(): Promise<Play> {
  const world = await createDispatchWorld();
  const revisions = new Map(world.routes.map(({ planId }) => [planId, 1]));
  const processes = Array.from({ length: actors }, () => ({ actor: world.start(), calls: [] }));
  return { world, model: { claims: new Map(), revisions, held: [] }, processes, writes: 0 };
}

function count(what: string): void {
  done.set(what, (done.get(what) ?? 0) + 1);
}

const steps: Record<Action["kind"], (play: Play, action: Action) => Promise<void>> = {
  claim: async ({ world, model, processes }, { process, route: at }) => {
    const { actor, calls } = processes[process]!;
    const route = world.routes[at]!;
    const expected = expectedOfClaim(model, { route, isGone: world.isGone });
    const claiming = actor.dispatches.claim({
      ...route,
      revision: model.revisions.get(route.planId) ?? 0,
      externalJobId: jobOf(route),
      driverEmail: "wang@example.com",
    });
    if (expected === "conflict") {
      await expect(claiming).rejects.toMatchObject({ code: "conflict" });
      return count("claim refused");
    }
    const { claimId } = await claiming;
    if (expected === "same") {
      expect(claimId).toBe(model.claims.get(jobOf(route))?.claimId);
      count("joined");
    } else addClaim(model, { claimId, owner: actor.owner, route, released: new Set() }, world.isGone);
    calls.push({ route, claimId, isSent: false });
  },

  intend: async (play, { process, call: at }) => {
    const { actor, calls } = play.processes[process]!;
    const call = pick(calls, at, ({ row }) => row === undefined);
    if (!call) return;
    const writeId = `write-${play.writes++}`;
    const row = await recordIntent(actor, call.route, writeId);
    if (!row) return remove(calls, call);
    call.row = row;
    const claim = play.model.claims.get(jobOf(call.route));
    if (claim) claim.write = { writeId, state: "sending", owner: actor.owner };
  },

  send: async ({ model, processes }, { process, call: at }) => {
    const { actor, calls } = processes[process]!;
    const call = pick(calls, at, ({ row, isSent }) => row !== undefined && !isSent);
    if (!call?.row) return;
    const claim = model.claims.get(jobOf(call.route));
    const may = await actor.dispatches.maySend(call.claimId);
    expect(may).toBe(claim?.claimId === call.claimId && claim.released.size === 0);
    if (may) {
      call.isSent = true;
      const { route, claimId } = call;
      model.held.push({ job: jobOf(route), claimId, route, released: new Set() });
      return count("sent");
    }
    await actor.ledger.refuse(call.row, notTaken(), "answer");
    if (claim?.write?.writeId === call.row.writeId) claim.write.state = "refused";
    remove(calls, call);
    count("not sent");
  },

  answer: async ({ model, processes }, { process, call: at, how }) => {
    const { actor, calls } = processes[process]!;
    const call = pick(calls, at, ({ isSent }) => isSent);
    if (!call?.row) return;
    const claim = model.claims.get(jobOf(call.route));
    if (how === "done") await actor.ledger.settle(call.row, '{"jobId":"job"}', "answer");
    if (how === "lost") await actor.ledger.lose(call.row, true);
    if (how === "refused") {
      await actor.ledger.refuse(call.row, notTaken(), "answer");
      model.held = model.held.filter(({ claimId }) => claimId !== call.claimId);
    }
    if (claim?.write) claim.write.state = how === "lost" ? "unknown" : how;
    remove(calls, call);
    count(`answer ${how}`);
  },

  /** Another call takes an unfinished write up: it is there after all, or it is sent again. */
  settle: async ({ world, model, processes }, { process, route: at }) => {
    const { actor, calls } = processes[process]!;
    const route = world.routes[at]!;
    const claim = model.claims.get(jobOf(route));
    if (!claim?.write || stateOf(claim, world.isGone) !== "unknown") return;
    const row = await actor.ledger.lose(await actor.ledger.read(claim.write.writeId), true);
    if (model.held.some(({ job }) => job === jobOf(route))) {
      await actor.ledger.settle(row, '{"jobId":"job"}', "lookUp");
      claim.write.state = "done";
      return count("looked up");
    }
    const resumed = await actor.ledger.resume(row, false);
    if (!resumed) throw new Error("Nobody else is at work.");
    claim.write = { ...claim.write, state: "sending", owner: actor.owner };
    calls.push({ route, claimId: claim.claimId, row: resumed, isSent: false });
    count("resumed");
  },

  kill: async ({ world, processes }, { process }) => {
    world.kill(processes[process]!.actor);
    processes[process] = { actor: world.start(), calls: [] };
    count("killed");
  },

  drop: async ({ world, model, processes }, { process, call: at }) => {
    const { actor, calls } = processes[process]!;
    const call = pick(calls, at, ({ row }) => row === undefined);
    if (!call) return;
    await actor.dispatches.drop(call.claimId);
    remove(calls, call);
    const claim = model.claims.get(jobOf(call.route));
    if (claim?.claimId !== call.claimId) return;
    const state = stateOf(claim, world.isGone);
    const isOwn = state === "claimed" && claim.owner === actor.owner;
    if (isOwn || state === "refused" || state === "void") model.claims.delete(jobOf(call.route));
  },

  release: async ({ world, model, processes }, { process, ids }) => {
    const keys = ids.map(String);
    const isOut = (claim: { route: WorldRoute; released: Set<string> }, key: string) =>
      keysOf(claim.route).includes(key) && !claim.released.has(key);
    const live = standing(model, world.isGone).filter((claim) => keys.some((key) => isOut(claim, key)));
    const isBusy = live.some((claim) => ["claimed", "sending"].includes(stateOf(claim, world.isGone)));
    const releasing = processes[process]!.actor.dispatches.release(ids);
    if (isBusy) return expect(releasing).rejects.toMatchObject({ code: "conflict" });
    const { released } = await releasing;
    const out = keys.filter((key) => live.some((claim) => isOut(claim, key)));
    expect(new Set(released.map(({ shipmentId }) => shipmentId))).toEqual(new Set(out));
    for (const claim of model.claims.values()) {
      const freed = out.filter((key) => keysOf(claim.route).includes(key));
      for (const key of freed) claim.released.add(key);
      const job = model.held.find(({ claimId }) => claimId === claim.claimId);
      for (const key of freed) job?.released.add(key);
    }
    if (out.length > 0) count("released");
  },

  revise: async ({ world, model, processes }, { process, route: at, isInformed }) => {
    const { actor } = processes[process]!;
    const { planId } = world.routes[at]!;
    const live = standing(model, world.isGone).filter(({ route }) => route.planId === planId);
    const frozenPlates = isInformed ? live.map(({ route }) => route.licensePlate) : [];
    const expectedRevision = model.revisions.get(planId) ?? 0;
    const plan = samplePlan({ vehicles: 2, stopsPerVehicle: 2 });
    const revising = actor.plans.revise({ planId, expectedRevision, plan, frozenPlates });
    if (live.length !== frozenPlates.length) {
      await expect(revising).rejects.toMatchObject({ code: "conflict" });
      return count("revision refused");
    }
    expect((await revising).revision).toBe(expectedRevision + 1);
    model.revisions.set(planId, expectedRevision + 1);
    for (const [job, claim] of model.claims) {
      if (claim.route.planId === planId && !live.includes(claim)) model.claims.delete(job);
    }
    count("revised");
  },
};

/** The store says what the model says, and the vendor has nothing twice. */
async function compare({ world, model, processes }: Play): Promise<void> {
  const { dispatches } = processes[0]!.actor;
  for (const route of world.routes) {
    const claim = model.claims.get(jobOf(route));
    const state = claim && stateOf(claim, world.isGone);
    const kept = await dispatches.byJob(jobOf(route));
    expect(kept?.state).toBe(state === "void" ? undefined : state);
    if (kept) expect(new Set(kept.releasedShipmentIds)).toEqual(claim?.released);
  }
  const out = standing(model, world.isGone).flatMap((claim) =>
    keysOf(claim.route).flatMap((key) => (claim.released.has(key) ? [] : [`${key} ${jobOf(claim.route)}`])),
  );
  const told = await dispatches.withShipments([1, "2", 3, "17"]);
  expect(new Set(told.map(({ shipmentId, externalJobId }) => `${shipmentId} ${externalJobId}`))).toEqual(
    new Set(out),
  );
  expect(await dispatches.withShipments()).toHaveLength(told.length);
  expect(new Set(model.held.map(({ job }) => job)).size).toBe(model.held.length);
  expect(doubledShipments(model)).toEqual([]);
}

function pick(
  calls: readonly Dispatching[],
  at: number,
  isFit: (call: Dispatching) => boolean,
): Dispatching | undefined {
  const fit = calls.filter(isFit);
  return fit[at % Math.max(1, fit.length)];
}

function remove(calls: Dispatching[], call: Dispatching): void {
  calls.splice(calls.indexOf(call), 1);
}
