// What the scripts of every page keep at the window. Types only: no code comes of them.

interface Window {
  /** Set where a script has run: each of these parts is there once. */
  glassboxHistory?: boolean;
  glassboxTaps?: boolean;
  glassboxPaper?: () => void;
  glassboxCommas?: boolean;
  glassboxIcons?: boolean;
  glassboxTheme?: boolean;
  glassboxReturn?: boolean;
  glassboxMenu?: boolean;
  glassboxFormulas?: MutationObserver;
  glassboxWay?: MutationObserver;
  /** The theme that the page was last run with, "light" or "dark". */
  glassboxDrawn?: string;
  /** The light theme's colours, by the names of their CSS variables. */
  glassboxLight: Record<string, string>;
  /** The light theme's colours of figures, by those of the dark one. */
  glassboxLightColours?: Record<string, string>;
  /** Choices of the page on screen alone, by their names in the link. */
  glassboxOwnChoices: string[];
  /** What `draw` draws on paper like a canvas, as the elements of an SVG document. */
  glassboxSvg?: (draw: (paper: any) => void, tools: any) => string;
  glassboxPrint?: {
    UNSEEN: string;
    isDark: () => boolean;
    isTurned: () => boolean;
    boardInLight: (root: ShadowRoot) => () => void;
    boardColour: (colour: string) => string;
    asLight: <T>(make: () => T) => T;
    onLightPage: <T>(make: (canvas: HTMLCanvasElement) => T) => (canvas: HTMLCanvasElement) => T;
    lightColour: (colour: string) => string;
    inLight: (view: any, widest?: number) => () => void;
    text: (root: Element) => string;
    fixLetters: (original: Element, copy: Element) => void;
    inked: (chart: Element) => number[];
    onLightPaper: (canvas: HTMLCanvasElement) => HTMLCanvasElement;
    withFont: (svg: string) => Promise<string>;
  };
  /** Plotly as it comes with Streamlit, once a page has shown a chart. */
  Plotly?: any;
  glassboxFigure?: {
    SHEET: number;
    canDraw: (chart: Element) => boolean;
    toPaper: (chart: Element) => () => void;
    onLightPage: <T>(chart: Element, make: (chart: Element) => T) => Promise<T>;
  };
  glassboxScroll: (chart: boolean) => void;
  glassboxPictureBar?: boolean;
  glassboxPictures?: {
    take: (figure: Element, ending: "png" | "svg") => Promise<void>;
    plotlyPicture: (chart: Element) => string;
    canvasPicture: (canvas: HTMLCanvasElement) => HTMLCanvasElement;
    canvasSvg: (canvas: HTMLCanvasElement) => string;
  };
}
