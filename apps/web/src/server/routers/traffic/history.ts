// History: what objects carried over a range of time, and what is kept of it, for everyone; how much it may be is for administrators.
import { z } from 'zod';
import { HistoryInput } from '../../../history/series.ts';
import { BudgetBytes } from '../../history/keep/budget.ts';
import { admin, patientViewer, router } from '../../trpc.ts';

export const historyRouter = router({
  series: patientViewer.input(HistoryInput).query(({ ctx, input }) => ctx.services.history.series(input)),

  storage: patientViewer.query(({ ctx }) => ctx.services.history.storage()),

  setBudget: admin
    .input(z.strictObject({ budgetBytes: BudgetBytes }))
    .mutation(({ ctx, input }) => ctx.services.history.setBudget(ctx, input.budgetBytes)),
});
