import { solveInstance } from "../solve-instance.ts";

/** One measurement in a process of its own, so that its peak memory is that of the instance alone. */
const { entry, budget } = JSON.parse(process.argv[2] ?? "");
const measurement = await solveInstance(entry, budget);
const kilobytes = process.resourceUsage().maxRSS;
process.send?.({ ...measurement, peakMegabytes: (kilobytes * 1024) / 1e6 });
