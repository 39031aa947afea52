import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { openPlanningWorld, type PlanningWorld } from "../../../support/planning-world.ts";
import { type RevisedPlan, reviseLineDay } from "../../../support/revised-plan.ts";

let world: PlanningWorld;
let plan: RevisedPlan;
beforeAll(async () => {
  world = await openPlanningWorld();
  plan = await reviseLineDay(world);
});
afterAll(() => world.close());

describe("a limit that a change would break", () => {
  test("is named with the vehicle and by how much, and the plan stays as it was", async () => {
    const error = await plan.refused([{ op: "move", shipment_id: 5, license_plate: "粤A11111" }]);
    expect(error).toMatchObject({ code: "infeasible", fields: [expect.stringMatching(/^changes\[0\]/)] });
    expect(error.message).toContain("粤A11111");
    expect(error.message).toContain("100");
    expect(error.hint).not.toBe("");
  });

  test("refuses all changes of the call, and names the one at fault by its place in the call", async () => {
    const error = await plan.refused([
      { op: "set_priority", shipment_ids: [1, 2, 3], priority: 5 },
      { op: "move", shipment_id: 5, license_plate: "粤A11111" },
    ]);
    expect(error.fields[0]).toMatch(/^changes\[1\]/);
  });

  test("a window that cannot be met is refused with the lateness", async () => {
    const error = await plan.refused([
      { op: "set_window", shipment_id: 9, end_at: "2026-11-23T08:05:00+08:00" },
    ]);
    expect(error.code).toBe("infeasible");
    expect(error.message).toMatch(/粤A33333|late|window/);
  });
});

describe("a part of a shipment that would be on no route", () => {
  const split = {
    op: "split",
    shipment_id: 9,
    license_plate: "粤A33333",
    items: [{ material: "坯布", quantity: "40" }],
  };
  const changes = [{ op: "remove", shipment_id: 9 }, split];

  test.each(["none", "routes"])("is refused with its quantity (reoptimize %s)", async (reoptimize) => {
    const error = await plan.refused(changes, { reoptimize });
    expect(error.message).toContain("Shipment 9 is split, and 60 条 of 坯布 of it would be on no route.");
    expect(error.hint).toContain('reoptimize "all"');
  });

  test("finds its place where all vehicles are searched", async () => {
    const other = await reviseLineDay(world);
    await other.revise(changes, { reoptimize: "all" });
    const { routes, unassigned } = await world.store.plans.get(other.planId);
    const items = routes.flatMap(({ stops }) => stops.flatMap((stop) => stop.items));
    const quantities = items
      .filter(({ shipmentId }) => shipmentId === 9)
      .map(({ quantity }) => Number(quantity));
    expect(quantities.reduce((sum, quantity) => sum + quantity, 0)).toBe(100);
    expect(unassigned).toEqual([]);
  });
});

describe("a slip gets the right answer", () => {
  test("a customer's name is told the shipments of that name", async () => {
    const error = await plan.refused([{ op: "move", shipment_id: "客户7", license_plate: "粤A11111" }]);
    expect(error).toMatchObject({ code: "not_found", fields: ["changes[0].shipment_id"] });
    expect(error.hint).toContain("7 「客户7」");
  });

  test("a plate that is nearly right is told the one that was meant; only its spelling is no fault at all", async () => {
    const error = await plan.refused([{ op: "move", shipment_id: 8, license_plate: "粤A22223" }]);
    expect(error).toMatchObject({ code: "not_found", fields: ["changes[0].license_plate"] });
    expect(error.hint).toContain("Did you mean 粤A22222?");
    const data = await plan.revise([{ op: "lock", license_plate: "粤a·22222" }]);
    expect(data["revision"]).toBe(await plan.revision());
    await plan.revise([{ op: "unlock", license_plate: "粤A22222" }]);
  });

  test("a position beyond the end is told how many stops there are", async () => {
    const error = await plan.refused([
      { op: "move", shipment_id: 9, license_plate: "粤A22222", position: 30 },
    ]);
    expect(error.fields[0]).toMatch(/^changes\[0\]/);
    expect(`${error.message} ${error.hint}`).toMatch(/\b[34]\b/);
  });

  test("a revision as text and one change without its list are taken", async () => {
    const { data, isError } = await world.call("revise_plan", {
      plan_id: plan.planId,
      revision: String(await plan.revision()),
      changes: { op: "set_priority", shipment_id: 4, priority: 7 },
    });
    expect(isError, JSON.stringify(data)).toBe(false);
  });

  test("an unknown shipment and an unknown vehicle say what to do instead", async () => {
    const stranger = await plan.refused([{ op: "add", shipment_id: 777 }]);
    expect(stranger).toMatchObject({ code: "not_found", fields: ["changes[0].shipment_id"] });
    expect(stranger.hint).toContain("shipments");
    const truck = await plan.refused([
      { op: "set_vehicle", license_plate: "粤Z00000", out_of_service: true },
    ]);
    expect(truck).toMatchObject({ code: "not_found", fields: ["changes[0].license_plate"] });
    expect(truck.hint).toContain("material_capacities");
  });
});

describe("a change that is not well formed", () => {
  test.each([
    [{ op: "move", shipment_id: 1 }, "license_plate"],
    [{ op: "move", license_plate: "粤A11111" }, "shipment_id"],
    [{ op: "swap", shipment_id: 1 }, "with_shipment_id"],
    [{ op: "remove" }, "shipment_id"],
    [{ op: "add" }, "shipment_id"],
    [{ op: "lock" }, "shipment_id"],
    [{ op: "unlock" }, "shipment_id"],
    [{ op: "reorder", license_plate: "粤A11111" }, "shipment_ids"],
    [{ op: "split", shipment_id: 1, license_plate: "粤A33333" }, "items"],
    [{ op: "set_vehicle", license_plate: "粤A11111" }, "out_of_service"],
    [{ op: "set_window" }, "shipment_id"],
    [{ op: "set_priority", shipment_id: 1 }, "priority"],
    [{ op: "remove", shipment_id: 1, position: 2 }, "position"],
    [{ op: "move", shipment_id: 1, shipment_ids: [2], license_plate: "粤A22222" }, "shipment_ids"],
  ])("%j is refused by the field, with what the op takes and an example", async (change, field) => {
    const error = await plan.refused([{ op: "set_priority", shipment_id: 2, priority: 1 }, change]);
    expect(error).toMatchObject({ code: "invalid_input", fields: [`changes[1].${field}`] });
    expect(error.message).toContain(`${change.op} needs`);
    expect(error.hint).toContain(`{op: "${change.op}"`);
  });

  test("an unknown field is refused with the names there are", async () => {
    const error = await plan.refused([{ op: "move", shipment_id: 1, to_license_plate: "粤A22222" }]);
    expect(error).toMatchObject({ code: "invalid_input", fields: ["changes[0].to_license_plate"] });
    expect(error.message).toContain("license_plate");
  });

  test("an unknown field is refused with what the op takes, and where it stands if it is the call's", async () => {
    const error = await plan.refused([
      { op: "move", shipment_id: 1, license_plate: "粤A22222", reoptimize: "routes" },
    ]);
    expect(error.message).toContain("`changes[0].reoptimize` is not known here (it stands beside `changes`)");
    expect(error.message).toContain(
      "move needs shipment_id or shipment_ids, license_plate, and takes position, trip",
    );
    expect(error.message).not.toContain("shift_end");
  });

  test("a vehicle that the plan does not have is refused with the change that brings it in", async () => {
    const error = await plan.refused([{ op: "move", shipment_id: 1, license_plate: "粤A8Q207" }]);
    expect(error.hint).toContain("set_vehicle {license_plate, out_of_service: false}");
  });

  test("neither changes nor reoptimize is refused with an example of both", async () => {
    const error = await plan.refused([]);
    expect(error).toMatchObject({ code: "invalid_input", fields: ["changes", "reoptimize"] });
    expect(error.hint).toMatch(/op: "move".*routes/);
  });
});
