import { asObject, elements, type Field, isPresent, member, type ObjectField, refusePath } from "./fields.ts";
import { type JobFrame, readAmount, readClaim, readTask, type VroomJob } from "./jobs.ts";

/** Reads `shipments` (API.md, Shipments): of each its pickup and right behind it its delivery. */
export function readShipments(root: ObjectField, frame: JobFrame): VroomJob[] {
  const field = member(root, "shipments");
  if (!isPresent(field)) return [];
  const fields = elements(field, "an array of shipments");
  const tasks = fields.flatMap((shipment) => readShipment(asObject(shipment), frame));
  for (const type of ["pickup", "delivery"] as const) {
    refuseTwice(
      tasks.filter((task) => task.type === type),
      { field, type },
    );
  }
  return tasks;
}

function readShipment(shipment: ObjectField, frame: JobFrame): VroomJob[] {
  const amount = readAmount(member(shipment, "amount"), frame.dimensions);
  const none = amount.map(() => 0);
  const claim = readClaim(shipment);
  const step = (name: "pickup" | "delivery") => readTask(asObject(member(shipment, name)), frame);
  return [
    { type: "pickup", ...step("pickup"), ...claim, delivery: none, pickup: amount },
    { type: "delivery", ...step("delivery"), ...claim, delivery: amount, pickup: none },
  ];
}

/** Pickups are numbered apart from deliveries, and both apart from jobs. */
function refuseTwice(
  tasks: readonly VroomJob[],
  { field, type }: { field: Field; type: "pickup" | "delivery" },
): void {
  const seen = new Map<number, number>();
  tasks.forEach(({ id }, index) => {
    const first = seen.get(id);
    if (first !== undefined) {
      const own = `${field.path}[${index}].${type}.id`;
      refusePath(own, `is ${id}, which ${field.path}[${first}].${type} has already`);
    }
    seen.set(id, index);
  });
}
