// The rules of the forms of a project, in a file of their own so that the pages are there before them.
import { CreateProjectInput, UpdateProjectInput } from "@homeport/domain/project/project-input";
import { zodResolver } from "@hookform/resolvers/zod";

export const createRules = zodResolver(CreateProjectInput);
export const updateRules = zodResolver(UpdateProjectInput);
