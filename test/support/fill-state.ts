import { Failure } from "../../src/domain/failure.ts";
import { openStore } from "../../src/state/open-store.ts";
import { samplePlan } from "./sample-plan.ts";

/** Keeps plans until one can't be kept, then prints why. */
const store = await openStore({ location: process.argv[2] ?? "", now: Date.now });
try {
  for (;;) await store.plans.save(samplePlan({ vehicles: 8, stopsPerVehicle: 25 }));
} catch (error) {
  const told =
    error instanceof Failure ? { code: error.code, message: error.message } : { message: String(error) };
  process.stdout.write(JSON.stringify(told));
}
