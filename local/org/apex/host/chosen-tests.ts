import { UnknownTest } from '../../metadata/deploy/tests.ts';
import type { LinkedProgram } from '../runtime/run/linked.ts';
import { isTestMethod, type Chosen } from './tests.ts';

type Outline = LinkedProgram['program']['classes'][number];

const same = (one: string, two: string): boolean => one.toLowerCase() === two.toLowerCase();

const hasTests = ({ isTest, methods, name }: Outline): boolean =>
  isTest && !name.includes('.') && methods.some(isTestMethod);

/** Classes that have test methods. */
export const testClassesOf = ({ program }: LinkedProgram): readonly string[] =>
  program.classes.filter(hasTests).map(({ name }) => name);

/**
 * The tests of which these are the names, as the code spells them.
 * @throws UnknownTest for the first that is none
 */
export function chooseTests(
  { program }: LinkedProgram,
  asked: readonly Chosen[],
): readonly Chosen[] {
  return asked.map(({ className, methods }) => {
    const found = program.classes.find((one) => hasTests(one) && same(one.name, className));
    if (!found) {
      throw new UnknownTest(
        `This class name's value is invalid: ${className}. Provide the name of an Apex class that has test methods.`,
      );
    }
    const stranger = methods?.find(
      (name) => !found.methods.some((one) => isTestMethod(one) && same(one.name, name)),
    );
    if (stranger !== undefined) {
      throw new UnknownTest(
        `This test method name's value is invalid: ${found.name}.${stranger}. Provide the name of a test method of the class.`,
      );
    }
    return { className: found.name, ...(methods ? { methods } : {}) };
  });
}
