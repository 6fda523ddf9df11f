// An id in an input. PostgreSQL takes one in any letters and gives it back in small ones: here it is the same text from the start, as ids are compared.
import { z } from "zod";

export const uuid = (why?: string) => z.uuid(why).toLowerCase();
