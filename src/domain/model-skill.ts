import type { Model } from './model.js';

/** How well a model did out of sample, and how sure that is. */
export type SkillEvidence = Pick<Model, 'skill' | 'skillStandardError'>;

/**
 * How many of its standard errors a skill must be above 0 to count. At two, a model that knows nothing passes in about
 * one of forty trainings (the upper tail of a normal distribution, 2.3 %); at none, in about every second one.
 */
export const SKILL_STANDARD_ERRORS = 2;

/**
 * True when a model is told apart from "the last price stays": its skill is above `standardErrors` times its standard
 * error. False where either is undefined: skill that is not told from zero is no skill.
 */
export function hasSkill(
  { skill, skillStandardError }: SkillEvidence,
  standardErrors: number = SKILL_STANDARD_ERRORS,
): boolean {
  if (skill === null || skillStandardError === null) return false;
  return skill > 0 && skill > standardErrors * skillStandardError;
}

/** The evidence and the verdict in words: "skill 0.0110 ± 0.0112 (not told from 0: it says HOLD)". */
export function skillText(evidence: SkillEvidence): string {
  const { skill, skillStandardError } = evidence;
  if (skill === null) return 'skill undefined: it says HOLD';
  const spread = skillStandardError === null ? 'of unknown error' : `± ${skillStandardError.toFixed(4)}`;
  const verdict = hasSkill(evidence) ? 'told from 0: it may trade' : 'not told from 0: it says HOLD';
  return `skill ${skill.toFixed(4)} ${spread} (${verdict})`;
}
