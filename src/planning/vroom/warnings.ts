import type { VroomContext } from "./build-problem.ts";
import type { VroomJob } from "./jobs.ts";
import type { VroomVehicle } from "./vehicles.ts";

/**
 * What of a document is allowed but most likely not meant, each in a sentence: a vehicle that can serve nothing, and a
 * task that no vehicle may serve, whatever the routes.
 */
export function findWarnings({ jobs, vehicles }: VroomContext): string[] {
  const skills = vehicles.map((vehicle) => new Set(vehicle.skills));
  const isSkilled = (job: VroomJob, vehicle: number) =>
    job.skills.every((skill) => skills[vehicle]!.has(skill));
  const idle = vehicles.flatMap((vehicle, index) => {
    const known = jobs.filter((job) => isSkilled(job, index));
    const fault = whyIdle(vehicle, known);
    return fault ? [`vehicles[${index}] can serve no task: ${fault}`] : [];
  });
  const unserved = jobs.flatMap((job) => {
    const known = vehicles.filter((_, index) => isSkilled(job, index));
    const fault = whyUnserved(job, known);
    return fault ? [`${job.type} ${job.id} can be served by no vehicle: ${fault}`] : [];
  });
  return [...idle, ...unserved];
}

function whyIdle(vehicle: VroomVehicle, known: VroomJob[]): string | undefined {
  if (vehicle.maxTasks === 0) return "its max_tasks is 0";
  if (known.length === 0) return "it has the skills of none";
  if (known.some((job) => isCarried(job, vehicle))) return undefined;
  const isEmpty = vehicle.capacity.every((amount) => amount === 0);
  return isEmpty ? "its capacity is 0" : "each is more than its capacity";
}

function whyUnserved(job: VroomJob, known: VroomVehicle[]): string | undefined {
  if (known.length === 0) return "none has its skills";
  return known.some((vehicle) => isCarried(job, vehicle)) ? undefined : "it is more than any of them carries";
}

function isCarried({ delivery, pickup }: VroomJob, { capacity }: VroomVehicle): boolean {
  return capacity.every((most, dimension) => delivery[dimension]! <= most && pickup[dimension]! <= most);
}
