// Why a template cannot be read, for whoever wrote it: file, line and reason.

export class TemplateProblem extends Error {
  override readonly name = "TemplateProblem";
}
