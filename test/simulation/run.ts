import { networkHash } from './preload/network.ts';
import { acted, currentTime, advance } from './preload/clock.ts';
import { restless, wrongs } from './invariants/invariants.ts';
import type { Plan } from './plan.ts';
import { type Ground, Simulation } from './world/simulation.ts';

const MINUTE = 60_000;

export interface Verdict {
  /** Empty where all is as it should be. */
  readonly wrong: readonly string[];
  /** Of all that went over the network, and when. */
  readonly hash: number;
  readonly edits: number;
  readonly mishaps: number;
  readonly crashes: number;
  /** Edits in a shop between the last read of a record and the write to it, which nobody can see. */
  readonly unseen: number;
  readonly events: number;
  readonly lines: Simulation['lines'];
}

/** Plays a plan, and looks at both sides after each day, each night, and a quarter of an hour of quiet. */
export async function play(plan: Plan, ground: Ground): Promise<Verdict> {
  const before = acted.count;
  const simulation = await Simulation.open(plan, ground);
  try {
    const wrong = await days(simulation);
    return {
      wrong,
      hash: networkHash(),
      edits: simulation.edits.made.length,
      mishaps: simulation.mishaps.met,
      crashes: simulation.crashes,
      unseen: simulation.unseen,
      events: acted.count - before,
      lines: simulation.lines,
    };
  } finally {
    await simulation.close();
  }
}

async function days(simulation: Simulation): Promise<readonly string[]> {
  const { plan } = simulation;
  for (let day = 0; day < plan.days; day += 1) {
    const began = currentTime();
    for (const { at, deed } of plan.steps.filter((step) => step.day === day)) {
      await advance(began + at);
      await simulation.do(deed);
    }
    await simulation.calmDown();
    // The configuration is read every five minutes: a mapping that is on again is one in the night.
    await simulation.pass((plan.isTold ? 3 : 6) * MINUTE);
    await simulation.saveAgain();
    if (plan.isTold) {
      const wrong = await wrongs(simulation, `day ${day}`);
      if (wrong.length > 0) return wrong;
    }
    await simulation.night();
    const wrong = await wrongs(simulation, `night ${day}`);
    if (wrong.length > 0) return wrong;
  }
  return restless(simulation);
}
