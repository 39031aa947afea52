import type { Coordinates } from "../../domain/place.ts";
import type { KnownTravel } from "../../domain/travel.ts";
import type { Problem } from "../problem.ts";
import { buildVroomProblem, type VroomContext, type VroomDocument } from "./build-problem.ts";
import { asObject, isPresent, member, type ObjectField, refuse } from "./fields.ts";
import { findGivenRoutes, type GivenRoute } from "./given-routes.ts";
import { type JobFrame, readJobs, type VroomJob } from "./jobs.ts";
import { readMatrices } from "./matrices.ts";
import { findUnmeasured, sizeOf } from "./missing-travel.ts";
import { readShipments } from "./shipments.ts";
import { findPositions } from "./travel.ts";
import { readVehicles } from "./vehicles.ts";

/** What a document asks for, and the routes that it gives already. */
export type VroomReading = { problem: Problem; context: VroomContext; given: GivenRoute[] };

/** Reads a problem in VROOM's JSON format; travel that is not known between its positions is estimated. */
export function readVroom(document: unknown, known?: KnownTravel): VroomReading {
  return buildReading(parseVroom(document), known);
}

/**
 * Parses a problem in VROOM's JSON format (VROOM docs/API.md, Input): jobs, shipments, vehicles, matrices or
 * coordinates.
 * Throws `invalid_input` with the path of the field that is wrong or asks for something unsupported.
 */
export function parseVroom(document: unknown): VroomDocument {
  const root = asObject({ value: document, path: "" });
  const matrices = readMatrices(root);
  const vehicles = readVehicles(root, matrices);
  const dimensions = vehicles[0]?.capacity.length ?? 0;
  const jobs = readTasks(root, { matrixSize: matrices && sizeOf({ vehicles, matrices }), dimensions });
  if (matrices) findUnmeasured({ jobs, vehicles, matrices });
  return { jobs, vehicles, matrices, dimensions, given: findGivenRoutes(vehicles, jobs) };
}

/** The places that travel must be known between, each once; none where the document's matrices tell it. */
export function positionsOf({ jobs, vehicles, matrices }: VroomDocument): Coordinates[] {
  const positions = matrices
    ? [...findUnmeasured({ jobs, vehicles, matrices }).values()]
    : findPositions(jobs, vehicles);
  return positions.map(([lng, lat]) => ({ lat, lng }));
}

/** The problem of a document, with what is known of travel between its positions, in their order. */
export function buildReading(document: VroomDocument, known?: KnownTravel): VroomReading {
  return { ...buildVroomProblem(document, known), given: document.given };
}

/** Jobs, then shipments; there must be one of either at least. */
function readTasks(root: ObjectField, frame: JobFrame): VroomJob[] {
  const shipments = readShipments(root, frame);
  const hasJobs = isPresent(member(root, "jobs")) || shipments.length === 0;
  const tasks = [...(hasJobs ? readJobs(root, frame) : []), ...shipments];
  return tasks.length > 0
    ? tasks
    : refuse(member(root, "jobs"), "one job at least, or shipments one shipment");
}
