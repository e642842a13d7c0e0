import { type ReactNode, useId } from "react";
import styles from "./chart.module.css";
import { toMarks } from "./scale.js";
import { useWidth } from "./use-width.js";

export interface Series {
  readonly name: string;
  readonly look: "completed" | "failed" | "stopped" | "median" | "slow";
}

export interface Column {
  /** Of the time that it stands for, short and long. */
  readonly label: string;
  readonly title: string;
  /** One for each series; absent where there is nothing to say. */
  readonly values: readonly (number | undefined)[];
}

export interface ChartProps {
  readonly title: string;
  readonly series: readonly Series[];
  readonly columns: readonly Column[];
  readonly format: (value: number) => string;
}

/** In pixels, as it is seen: what is written in it is as large on phones as anywhere. */
const size = { height: 200, left: 48, right: 6, top: 8, bottom: 22 };
const plotHeight = size.height - size.top - size.bottom;
const labelWidth = 62;

interface Place {
  readonly x: (column: number) => number;
  readonly y: (value: number) => number;
  readonly step: number;
}

/** How many of each kind, one on top of the other. */
export function BarChart(props: ChartProps) {
  const most = Math.max(
    ...props.columns.map(({ values }) => values.reduce<number>((sum, value) => sum + (value ?? 0), 0)),
  );
  return (
    <Chart {...props} most={most}>
      {({ x, y, step }) =>
        props.columns.map(({ title, values }, column) => {
          let below = 0;
          return (
            <g key={title}>
              {values.map((value = 0, at) => {
                const from = below;
                below += value;
                const look = props.series[at]?.look ?? "completed";
                return (
                  value > 0 && (
                    <rect
                      key={look}
                      className={`${styles.bar} ${styles[look]}`}
                      x={x(column) - step * 0.36}
                      width={step * 0.72}
                      y={y(below)}
                      height={y(from) - y(below)}
                    />
                  )
                );
              })}
            </g>
          );
        })
      }
    </Chart>
  );
}

/** How large, over time. Where nothing is known the line has a gap. */
export function LineChart(props: ChartProps) {
  const most = Math.max(0, ...props.columns.flatMap(({ values }) => values.map((value) => value ?? 0)));
  return (
    <Chart {...props} most={most}>
      {({ x, y }) =>
        props.series.map(({ look }, at) => {
          const points = props.columns.map(({ values }, column) => {
            const value = values[at];
            return value === undefined ? undefined : { x: x(column), y: y(value) };
          });
          return (
            <g key={look} className={styles[look]}>
              <path className={styles.line} d={toPath(points)} />
              {points.map(
                (point) =>
                  point && <circle key={point.x} className={styles.dot} cx={point.x} cy={point.y} r={3} />,
              )}
            </g>
          );
        })
      }
    </Chart>
  );
}

function toPath(points: readonly ({ readonly x: number; readonly y: number } | undefined)[]): string {
  return points
    .map((point, at) => point && `${points[at - 1] ? "L" : "M"}${point.x.toFixed(1)} ${point.y.toFixed(1)}`)
    .filter(Boolean)
    .join("");
}

function Chart({
  title,
  series,
  columns,
  format,
  most,
  children,
}: ChartProps & { readonly most: number; readonly children: (place: Place) => ReactNode }) {
  const id = useId();
  const marks = toMarks(most);
  const top = marks.at(-1) ?? 1;
  const { place: drawing, width } = useWidth<SVGSVGElement>(500);
  const step = (width - size.left - size.right) / Math.max(columns.length, 1);
  const place: Place = {
    step,
    x: (column) => size.left + step * (column + 0.5),
    y: (value) => size.top + plotHeight * (1 - value / top),
  };
  const labelEvery = Math.ceil(labelWidth / step);
  return (
    <figure className={styles.chart} aria-labelledby={id}>
      <div className={styles.head}>
        <h2 id={id}>{title}</h2>
        <p className={styles.legend}>
          {series.map(({ name, look }) => (
            <span key={name} className={styles[look]}>
              {name}
            </span>
          ))}
        </p>
      </div>
      <svg className={styles.drawing} ref={drawing} height={size.height} aria-hidden="true">
        {marks.map((mark) => (
          <g key={mark}>
            <line
              className={styles.grid}
              x1={size.left}
              x2={width - size.right}
              y1={place.y(mark)}
              y2={place.y(mark)}
            />
            <text className={styles.label} x={size.left - 7} y={place.y(mark) + 4} textAnchor="end">
              {format(mark)}
            </text>
          </g>
        ))}
        {children(place)}
        {columns.map(({ label, title, values }, column) => (
          <g key={title}>
            {(columns.length - 1 - column) % labelEvery === 0 && (
              <text className={styles.label} x={place.x(column)} y={size.height - 4} textAnchor="middle">
                {label}
              </text>
            )}
            <rect
              className={styles.hover}
              x={place.x(column) - step / 2}
              width={step}
              y={size.top}
              height={plotHeight}
            >
              <title>{describe(title, series, values, format)}</title>
            </rect>
          </g>
        ))}
      </svg>
      <Figures {...{ title, series, columns, format }} />
    </figure>
  );
}

function describe(
  title: string,
  series: readonly Series[],
  values: Column["values"],
  format: ChartProps["format"],
): string {
  const said = series.flatMap(({ name }, at) => {
    const value = values[at];
    return value === undefined ? [] : [`${name}: ${format(value)}`];
  });
  return [title, ...(said.length > 0 ? said : ["nothing"])].join("\n");
}

/** The same for those who do not look at it. */
function Figures({ title, series, columns, format }: ChartProps) {
  return (
    // Around it, because a table is never narrower than its words.
    <div className="visually-hidden">
      <table>
        <caption>{title}</caption>
        <thead>
          <tr>
            <th scope="col">When</th>
            {series.map(({ name }) => (
              <th key={name} scope="col">
                {name}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {columns
            .filter(({ values }) => values.some(Boolean))
            .map((column) => (
              <tr key={column.title}>
                <th scope="row">{column.title}</th>
                {series.map(({ name }, at) => {
                  const value = column.values[at];
                  return <td key={name}>{value === undefined ? "" : format(value)}</td>;
                })}
              </tr>
            ))}
        </tbody>
      </table>
    </div>
  );
}
