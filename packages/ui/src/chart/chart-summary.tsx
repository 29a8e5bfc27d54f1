// A chart in words, for those who do not see it: last, lowest and highest value of each line.

export interface SummaryTexts {
  series: string;
  last: string;
  lowest: string;
  highest: string;
}

export interface SummaryLine {
  id: string;
  label: string;
  last: string;
  lowest: string;
  highest: string;
}

/** In a box of its own: a table that is not to be seen would still be as wide as its texts, and so would the page. */
export function ChartSummary({ caption, texts, lines }: { caption: string; texts: SummaryTexts; lines: readonly SummaryLine[] }) {
  return (
    <div className="sr-only">
      <table>
        <caption>{caption}</caption>
        <thead>
          <tr>
            <th scope="col">{texts.series}</th>
            <th scope="col">{texts.last}</th>
            <th scope="col">{texts.lowest}</th>
            <th scope="col">{texts.highest}</th>
          </tr>
        </thead>
        <tbody>
          {lines.map((line) => (
            <tr key={line.id}>
              <th scope="row">{line.label}</th>
              <td>{line.last}</td>
              <td>{line.lowest}</td>
              <td>{line.highest}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
