import type { Problem } from "../planning/problem.ts";
import { type Chain, startChain } from "../planning/search/chain.ts";
import { type ChainReport, told } from "../planning/search/chain-report.ts";
import { asOnePart } from "../planning/search/divide.ts";
import { Meeting } from "../planning/search/meeting.ts";
import type { Model } from "../planning/search/model.ts";
import type { SearchOptions } from "../planning/search/search.ts";
import type { Solution } from "../planning/solution.ts";
import { awaitMark, type Exchange, reportAt, tellMark } from "./exchange.ts";

/** Which chains of a search a thread advances, where they meet the others, and when the search was called for. */
export type Team = { own: readonly number[]; exchange: Exchange; beganAt: number };

/** With an iteration budget, how often chains meet at most, and how many iterations lie between at least. */
const mostMarks = 100;
const leastIterations = 1000;
/** With a time limit alone, how much of it lies between two meetings, in bounds. */
const partBetween = 0.01;
const leastMilliseconds = 25;
const mostMilliseconds = 400;

/** What a chain's ending takes beside what it has rehearsed: meeting the others for the last time. */
const lastMeetingMilliseconds = 4;

/** Keeps the seeds of the chains apart (2^32 by the golden ratio). */
const seedStep = 0x9e3779b9;

/**
 * Advances some chains of a search from mark to mark and lets them meet the others there. Marks are iterations, so
 * that the answer is the same however many threads there are; with a time limit alone they are moments. Only the
 * thread of the first chain has an answer: the best plan of all.
 */
export function searchTogether(problem: Problem, options: SearchOptions, team: Team): Solution | undefined {
  const endsAt = options.now() + 1000 * (options.timeLimitSeconds ?? Number.POSITIVE_INFINITY);
  const seconds = Math.max(0, endsAt - lastMeetingMilliseconds - options.now()) / 1000;
  const limit = options.timeLimitSeconds === undefined ? {} : { timeLimitSeconds: seconds };
  const chains = team.own.map((chain) =>
    startChain(problem, { ...options, ...limit, seed: (options.seed + chain * seedStep) | 0 }),
  );
  const [first] = chains;
  const model = first?.model;
  if (!first || !model) return undefined;
  const meeting = new Meeting(model, team.exchange.chains);
  const run: Run = { chains, team, meeting, options, endsAt };
  const last = meetAtMarks(run);
  if (team.own[0] !== 0 || first.isCancelled()) return undefined;
  return finish(run, { model, last });
}

type Run = { chains: Chain[]; team: Team; meeting: Meeting; options: SearchOptions; endsAt: number };

/** Goes on until a chain has ended; gives the last reports, undefined where some chain was waited for in vain. */
function meetAtMarks({ chains, team, meeting, options, endsAt }: Run): ChainReport[] | undefined {
  const { own, exchange } = team;
  const advance = pacemaker(options, { beganAt: team.beganAt, endsAt });
  const isOver = (): boolean => chains.some((chain) => chain.isCancelled()) || options.now() >= endsAt;
  for (let mark = 1; ; mark++) {
    for (const [index, chain] of chains.entries()) {
      advance(chain, mark, (index + 1) / chains.length);
      if (chain.isCancelled()) return undefined;
      chain.report(reportAt(exchange, own[index]!, mark));
      tellMark(exchange, own[index]!, mark);
    }
    if (!awaitMark(exchange, mark, isOver)) return undefined;
    const reports = Array.from({ length: exchange.chains }, (_, chain) => reportAt(exchange, chain, mark));
    meeting.note(reports);
    if (reports.some(({ figures }) => figures[told.isOver] !== 0)) return reports;
    const assignments = meeting.assign(reports, mark);
    for (const [index, chain] of chains.entries()) {
      const assignment = assignments[own[index]!];
      if (assignment) chain.takeUp(assignment);
    }
  }
}

/**
 * Makes the function that takes a chain to a mark. `share`: how far into a stretch of time that is. Marks in time are
 * counted from the call, so that they are the same moments for threads that began at different ones.
 */
function pacemaker({ iterations }: SearchOptions, { beganAt, endsAt }: { beganAt: number; endsAt: number }) {
  if (iterations !== undefined) {
    const step = Math.max(leastIterations, Math.ceil(iterations / mostMarks));
    return (chain: Chain, mark: number): boolean =>
      chain.advance(mark * step < iterations ? mark * step : Number.POSITIVE_INFINITY);
  }
  const whole = partBetween * (endsAt - beganAt);
  const stretch = Math.max(leastMilliseconds, Math.min(mostMilliseconds, whole));
  return (chain: Chain, mark: number, share: number): boolean =>
    chain.advance(Number.POSITIVE_INFINITY, beganAt + (mark - 1 + share) * stretch);
}

/** The first chain takes up the best plan and finishes it. */
function finish(
  { chains, meeting }: Run,
  { model, last }: { model: Model; last: ChainReport[] | undefined },
) {
  const [first] = chains;
  const solution = first!.finish(meeting.best[0] === 0 ? undefined : asOnePart(model, meeting.best));
  if (!last) return { ...solution, stoppedBy: "time" as const };
  const iterations = last.reduce((sum, { figures }) => sum + figures[told.iterations]!, 0);
  const isCut = last.some(({ figures }) => figures[told.isOver] === 2);
  return { ...solution, iterations, ...(isCut ? { stoppedBy: "time" as const } : {}) };
}
