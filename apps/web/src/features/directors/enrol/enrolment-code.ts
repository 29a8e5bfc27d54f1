// What a form takes for an enrolment code.
import { parseEnrolmentCode } from '@weir/protocol';
import { z } from 'zod';

export const EnrolmentCode = z.string().refine((code) => parseEnrolmentCode(code) !== null, { params: { code: 'notACode' } });
