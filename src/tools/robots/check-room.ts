import { Failure } from "../../domain/failure.ts";
import type { RobotPosition } from "../../domain/robot.ts";
import { quote } from "../../domain/vendor-text.ts";
import { closestRooms } from "./closest-rooms.ts";

/** Refuses a room that no robot can reach, naming those that come closest; `field` is where the caller gave it. */
export function checkRoom(room: string, positions: readonly RobotPosition[], field: string): void {
  const rooms = positions.filter(({ type }) => type.name === "normal").map(({ name }) => name);
  if (rooms.includes(room)) return;
  const isElsewhere = positions.some(({ name }) => name === room);
  const closest = closestRooms(room, rooms).map((name) => quote(name, 20));
  throw new Failure(
    "invalid_input",
    isElsewhere
      ? `${quote(room)} is on the robots' map, but no room, so nothing was ordered.`
      : `The robots' map has no room ${quote(room)}, so nothing was ordered.`,
    {
      vendor: "yunji",
      fields: [field],
      hint:
        closest.length > 0
          ? `The closest are ${closest.join(", ")}; list_robot_positions shows all, to be given exactly so.`
          : "list_robot_positions shows the rooms, to be given exactly so.",
    },
  );
}
