import type { Clock } from "../clock.ts";
import type { Step } from "./delivery-script.ts";
import type { Task } from "./order.ts";
import type { TaskEvent } from "./pushes.ts";

type Run = {
  clock: Clock;
  task: Task;
  script: readonly Step[];
  /** Simulated time, milliseconds since the epoch. */
  startedAt: number;
  /** Told of each step that the vendor pushes. */
  push: (event: TaskEvent) => void;
};

/** Lets a task live through its script, step by step, until that ends or is called off. */
export function runScript({ clock, task, script, startedAt, push }: Run): void {
  const wait = (index: number, since: number) => {
    const step = script[index];
    if (!step) return;
    task.callOff = clock.at(since + step.afterSeconds * 1000, (at) => {
      task.status = step.status;
      if (step.arrivesInSeconds !== undefined) task.expectedAt = at + step.arrivesInSeconds * 1000;
      if (step.push) push({ kind: step.push, at, ...(step.error && { error: step.error }) });
      wait(index + 1, at);
    });
  };
  wait(0, startedAt);
}
