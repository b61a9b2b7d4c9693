/** Why the project has a feature that no public repository was seen to have, and the row of docs/unproven.md that says so. */
interface Reason {
  /** As `unprecedented` names it. */
  readonly feature: string;
  readonly why: string;
  /** Id of an assumption. */
  readonly row: string;
}

export const REASONS: readonly Reason[] = [
  {
    feature: 'ApexClass',
    why: 'The facts hold no Apex; its compiler and its tests judge it.',
    row: 'apex-tests-pass',
  },
  {
    feature: 'LightningComponentBundle',
    why: 'The facts hold no settings of components; the platform’s compiler and the rules of the local org judge them.',
    row: 'deploys-as-it-is',
  },
  {
    feature: 'CustomNotificationType/description',
    why: 'It says in Setup who is told of what. One repository has it.',
    row: 'descriptions-in-setup',
  },
  {
    feature: 'ExternalCredential/description',
    why: 'It says in Setup what the secret is. The facts have seven external credentials, none with one.',
    row: 'descriptions-in-setup',
  },
  {
    feature: 'NamedCredential/description',
    why: 'It says in Setup where the address comes from. The facts have 28, none with one.',
    row: 'descriptions-in-setup',
  },
  {
    feature: 'ExternalCredential/authenticationProtocol = Basic',
    why: 'WordPress takes keys and application passwords by Basic alone. One repository has it.',
    row: 'content-credential',
  },
  {
    feature: 'SharingRules/sharingOwnerRules/sharedTo/allInternalUsers',
    why: 'Whoever may read orders sees all of them, whatever groups an org has. One org has four such rules.',
    row: 'sharing-rule-by-owner',
  },
];

/** What is wrong with the reasons for what was found, in sentences. */
export function reasonProblems(
  found: ReadonlyMap<string, readonly string[]>,
  rows: ReadonlySet<string>,
  reasons: readonly Reason[] = REASONS,
): readonly string[] {
  const known = new Set(reasons.map(({ feature }) => feature));
  return [
    ...[...found]
      .filter(([feature]) => !known.has(feature))
      .map(
        ([feature, files]) =>
          `${feature} has no precedent (${files.join(', ')}): write it as orgs do, or give a reason in scripts/lib/checks/unprecedented.ts and a row in scripts/prove/catalogue.`,
      ),
    ...reasons
      .filter(({ feature }) => !found.has(feature))
      .map(({ feature }) => `${feature} has a reason, and nothing of the project has it any more.`),
    ...reasons
      .filter(({ row }) => !rows.has(row))
      .map(({ feature, row }) => `${feature}: docs/unproven.md has no row ${row}.`),
  ];
}
