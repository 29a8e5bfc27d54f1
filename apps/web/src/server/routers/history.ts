// History: what objects carried over a range of time, for everyone.
import { HistoryInput } from '../../history/series.ts';
import { patientViewer, router } from '../trpc.ts';

export const historyRouter = router({
  series: patientViewer.input(HistoryInput).query(({ ctx, input }) => ctx.services.history.series(input)),
});
