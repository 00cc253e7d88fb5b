/** Text of `ndis-lint --help`. */
export const usage = `Checks Windows NDIS driver sources against the NDIS contract.

Usage:
  ndis-lint [options] PATH...       check files, and folders with everything below
  ndis-lint explain NAME            print the page of a rule, function, callback, structure or status
  ndis-lint rules [--format json]   list the rules

Options:
  --format text|json|sarif   how findings are written (default: text)
  --rule NAME=SEVERITY       error, warning, information, hint or off; may be repeated, wins over .ndislint.json
  --preset recommended|strict
  --fail-on SEVERITY         least severity that makes the exit code 1 (default: warning)
  --fix                      apply the fixes that are safe without looking
  --baseline FILE            leave out the findings that the file holds
  --write-baseline FILE      write the findings into the file and accept them
  --help, --version

Exit code: 0 nothing at or above --fail-on, 1 findings, 2 wrong usage or a failure of the tool.
Settings come from the nearest .ndislint.json in the file's folder or above it.
`;

/** The command line cannot be understood, or names what is not there. Its message is for the user. */
export class UsageError extends Error {}
