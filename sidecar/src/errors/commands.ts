import { permanent, usage, type Explanations } from './explanation.ts';

/** Why a command that was given as a record in Salesforce was not carried out. */
export const ORG_COMMANDS = {
  COMMAND_TYPE_UNKNOWN: usage(
    'The type of the command is none that this version of the sidecar knows.',
    'Choose a type from the list.',
  ),
  COMMAND_ARGUMENTS_INVALID: usage(
    'Arguments holds something that is not the id of a record in WooCommerce, or not the JSON that the command takes.',
    'Put the numbers there that the shop shows, separated by commas; docs/commands.md says which JSON the commands of the editor take.',
  ),
  COMMAND_WITHOUT_RECORD: usage(
    'The command does not say which record it is about.',
    'Fill Record ID; or Woo Resource, Arguments and, with several stores, Store.',
  ),
  COMMAND_RESOURCE_UNKNOWN: usage(
    'Woo Resource is empty where it is needed, or holds something that is not synced.',
    'Choose orders, products or customers; and see whether an active mapping takes them.',
  ),
  COMMAND_MAPPING_HELD: usage(
    'The mapping of the record is held, since something is wrong with it, so nothing of it is read or written.',
    'Correct the record of the configuration that the message names, in Setup › Custom Metadata Types, and give the command again.',
  ),
  COMMAND_RECORD_UNKNOWN: usage(
    'Nothing that is synced has the id that Record ID holds, or nothing can be done about it by itself.',
    'Copy the id from the address of the record. Instead of an order item, or of the contact of a guest, name the order.',
  ),
  COMMAND_ISSUE_UNKNOWN: usage(
    'There is no sync issue with the id that Record ID holds.',
    'Copy the id from the address of the issue; or leave Record ID empty to try all open issues again.',
  ),
  COMMAND_RESULT_TOO_LARGE: usage(
    'The result for a program is longer than the field Result takes.',
    'Ask for less, such as a mapping with fewer fields.',
  ),
  COMMAND_FIRST_LOAD: usage(
    'The first backfill of the store is under way, or waits until it is told. It brings everything, and changes wait until it is done.',
    'Wait until Woo Store Status says that it is done, and give the command again if it is still needed.',
  ),
  COMMAND_STILL_WAITS: usage(
    'Records were noted to be looked at, and their turn has not come for ten minutes.',
    'Nothing has to be repeated: they are looked at as soon as both sides can be reached. Woo Store Status says what is out.',
  ),
  COMMAND_BROKE: permanent(
    'The sidecar met an error that it does not know while it carried the command out.',
    'Look into its log, which names the place, and report it.',
  ),
} satisfies Explanations;
