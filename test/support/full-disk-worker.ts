import { Failure } from "../../src/domain/failure.ts";
import { openStore } from "../../src/state/open-store.ts";
import { orderRequest, orderSteps } from "./order-steps.ts";
import { samplePlan } from "./sample-plan.ts";

/**
 * Writes an order on a disk (under a limit on the size of files) that is full before the intent is recorded, or from
 * the vendor's answer on; prints what the call came to. Arguments: the state file, the vendor's address, and when.
 */
const [, , location = "", vendorUrl = "", when = ""] = process.argv;
const store = await openStore({ location, now: Date.now, waits: { landingMilliseconds: 100 } });

/** Keeps plans, then rules, until not even one of those can be kept. */
async function fillDisk(): Promise<void> {
  const plan = samplePlan({ vehicles: 1, stopsPerVehicle: 2 });
  await untilRefused(() => store.plans.save(plan));
  let rules = 0;
  await untilRefused(() => store.materialRules.set({ material: "坯布", itemName: `item ${rules++}` }));
}

async function untilRefused(write: () => Promise<unknown>): Promise<void> {
  try {
    for (;;) await write();
  } catch (error) {
    if (!(error instanceof Failure)) throw error;
  }
}

const steps = orderSteps(vendorUrl, "bread");
if (when === "intent") await fillDisk();
const told = await store.writes
  .once(orderRequest("bread"), {
    ...steps,
    send: async (write) => {
      const order = await steps.send(write);
      if (when === "outcome") await fillDisk();
      return order;
    },
  })
  .then(
    (result) => ({ result }),
    (error: unknown) => ({
      failure: error instanceof Failure ? { code: error.code, message: error.message } : String(error),
    }),
  );
process.stdout.write(JSON.stringify(told));
