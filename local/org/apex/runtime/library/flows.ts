import { current } from '../run/transaction.ts';
import { platformClass, type PlatformClass } from '../types/platform.ts';
import type { ApexMap } from '../values/collections.ts';
import { textOf } from '../values/text.ts';
import { PlatformObject, type Value } from '../values/value.ts';

/** A flow that is started by its name. */
class InterviewObject extends PlatformObject {
  readonly apexType = 'Flow.Interview';
  readonly name: string;
  readonly inputs: ApexMap;
  outputs: ReadonlyMap<string, Value> = new Map();

  constructor(name: string, inputs: ApexMap) {
    super();
    this.name = name;
    this.inputs = inputs;
  }

  start(): void {
    const inputs = new Map(
      this.inputs.entries().map(([key, value]) => [textOf(key), value] as const),
    );
    this.outputs = current().host.startFlow(this.name, inputs);
  }
}

export const flowClasses: readonly PlatformClass[] = [
  platformClass('Flow.Interview', {
    'static Flow.Interview createInterview(String, Map<String,Object>)': (
      name: string,
      inputs: ApexMap,
    ) => new InterviewObject(name, inputs),
    'void start()': (interview: InterviewObject) => {
      interview.start();
    },
    'Object getVariableValue(String)': ({ outputs }: InterviewObject, name: string) =>
      outputs.get(name) ?? null,
  }),
];
