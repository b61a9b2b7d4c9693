import {
  GraphQLBoolean,
  GraphQLID,
  GraphQLInputObjectType,
  GraphQLNonNull,
  GraphQLObjectType,
  type GraphQLFieldConfigMap,
} from 'graphql';
import type { ObjectDefinition } from '../../model/schema.ts';
import { scalarFields, type ScalarField } from './object-view.ts';
import type { RecordTypes } from './record-types.ts';
import { scalars } from './scalars.ts';
import { from } from './sources.ts';

type Fields = GraphQLFieldConfigMap<unknown, unknown>;

export const mutationsInput = new GraphQLInputObjectType({
  name: 'UIAPIMutationsInput',
  fields: { allOrNone: { type: GraphQLBoolean } },
});

const idInput = { type: new GraphQLNonNull(scalars.IdOrRef) };

const deleteInput = new GraphQLInputObjectType({
  name: 'RecordDeleteInput',
  fields: { Id: idInput },
});
const deletePayload = new GraphQLObjectType({
  name: 'RecordDeletePayload',
  fields: { Id: { type: GraphQLID } },
});

type Saving = 'Create' | 'Update';

/** The fields that the user may write; the others do not exist in the input. */
function writableFields(object: ObjectDefinition, change: Saving): readonly ScalarField[] {
  return scalarFields(object).filter(
    ({ field }) =>
      (change === 'Create' ? field.createable : field.updateable) &&
      field.formula === undefined &&
      field.autoNumber === undefined,
  );
}

function saving(types: RecordTypes, object: ObjectDefinition, change: Saving): Fields {
  const name = object.name + change;
  const fields = writableFields(object, change);
  if (fields.length === 0) return {};
  const representation = new GraphQLInputObjectType({
    name: `${name}Representation`,
    fields: Object.fromEntries(
      fields.map(({ field, scalar }) => [
        field.name,
        { type: field.type === 'reference' ? scalars.IdOrRef : scalars[scalar] },
      ]),
    ),
  });
  const values = { type: new GraphQLNonNull(representation) };
  const input = new GraphQLInputObjectType({
    name: `${name}Input`,
    fields: { ...(change === 'Update' ? { Id: idInput } : {}), [object.name]: values },
  });
  const payload = new GraphQLObjectType({
    name: `${name}Payload`,
    fields: { Record: { type: types.record(object) } },
  });
  return {
    [name]: {
      type: payload,
      args: { input: { type: new GraphQLNonNull(input) } },
      ...from({ kind: 'mutation', change, object }),
    },
  };
}

const deleting = (object: ObjectDefinition): Fields => ({
  [`${object.name}Delete`]: {
    type: deletePayload,
    args: { input: { type: new GraphQLNonNull(deleteInput) } },
    ...from({ kind: 'mutation', change: 'Delete', object }),
  },
});

/** `Woo_Command__cCreate`, `…Update` and `…Delete` for each object whose records are data. */
export function mutationFields(types: RecordTypes, objects: readonly ObjectDefinition[]): Fields {
  const written = objects.filter(({ kind }) => kind !== 'system');
  return Object.assign(
    {},
    ...written.flatMap((object) => [
      saving(types, object, 'Create'),
      saving(types, object, 'Update'),
      deleting(object),
    ]),
  ) as Fields;
}
