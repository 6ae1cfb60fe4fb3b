import { describe, expect, it } from 'vitest';
import { hasSkill, skillText } from './model-skill.js';

describe('the skill of a model', () => {
  it('counts only above two of its standard errors', () => {
    expect(hasSkill({ skill: 0.011, skillStandardError: 0.011 })).toBe(false);
    expect(hasSkill({ skill: 0.022, skillStandardError: 0.011 })).toBe(false);
    expect(hasSkill({ skill: 0.0221, skillStandardError: 0.011 })).toBe(true);
    expect(hasSkill({ skill: 0.0221, skillStandardError: 0.011 }, 3)).toBe(false);
  });

  it('does not count where it, or its error, is undefined, nor at 0 and below', () => {
    expect(hasSkill({ skill: null, skillStandardError: null })).toBe(false);
    expect(hasSkill({ skill: 0.9, skillStandardError: null })).toBe(false);
    expect(hasSkill({ skill: 0, skillStandardError: 0 })).toBe(false);
    expect(hasSkill({ skill: -0.4, skillStandardError: 0.001 })).toBe(false);
    expect(hasSkill({ skill: NaN, skillStandardError: 0 })).toBe(false);
    expect(hasSkill({ skill: 0.5, skillStandardError: NaN })).toBe(false);
  });

  it('is told with both numbers and the verdict of the same rule', () => {
    expect(skillText({ skill: 0.011, skillStandardError: 0.0112 })).toBe(
      'skill 0.0110 ± 0.0112 (not told from 0: it says HOLD)',
    );
    expect(skillText({ skill: 0.3, skillStandardError: 0.05 })).toBe(
      'skill 0.3000 ± 0.0500 (told from 0: it may trade)',
    );
    expect(skillText({ skill: 0.3, skillStandardError: null })).toMatch(/of unknown error \(not told from 0/);
    expect(skillText({ skill: null, skillStandardError: null })).toBe('skill undefined: it says HOLD');
  });
});
