/** Why a formula cannot be saved, in the words of the platform. */
export class FormulaProblem extends Error {
  constructor(message: string) {
    super(message);
    this.name = 'FormulaProblem';
  }
}

/**
 * Why a sound formula has no value for a record: `Division by zero` and the like. A formula field
 * reads `#Error!` then, which the API gives as null; a validation rule refuses the save.
 */
export class FormulaFault extends Error {
  constructor(message: string) {
    super(message);
    this.name = 'FormulaFault';
  }
}
