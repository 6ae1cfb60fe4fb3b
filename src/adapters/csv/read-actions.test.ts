import { describe, expect, it } from 'vitest';
import { readActions } from './read-actions.js';

const read = (text: string) =>
  readActions(
    (async function* () {
      yield text;
    })(),
  );
const day = (text: string) => Date.parse(text);

describe('a file of corporate actions', () => {
  it('is read in any order of columns, rows and case, ratios as fractions too', async () => {
    const text =
      'Date,Kind,Symbol,Value,Note\n2020-08-31,split,AAPL,4,\n\n2014-06-09,SPLIT,AAPL,7:1,x\n' +
      '2014-05-08,DIVIDEND,AAPL,3.29,\n2009-07-01,Split,AIG,1/20,"reverse"\r\n';
    expect(await read(text)).toEqual([
      { symbol: 'AAPL', exDate: day('2014-05-08'), kind: 'DIVIDEND', value: 3.29, basis: 'RAW' },
      { symbol: 'AAPL', exDate: day('2014-06-09'), kind: 'SPLIT', value: 7, basis: 'RAW' },
      { symbol: 'AAPL', exDate: day('2020-08-31'), kind: 'SPLIT', value: 4, basis: 'RAW' },
      { symbol: 'AIG', exDate: day('2009-07-01'), kind: 'SPLIT', value: 0.05, basis: 'RAW' },
    ]);
  });

  it.each([
    ['', 'the file is empty'],
    ['symbol,date,kind\n', 'line 1: the header does not name value'],
    [
      'symbol,date,kind,value\nAAPL,2020-08-31,SPLIT,4\naapl,2020-09-01,SPLIT,4\n',
      'line 3: symbol: "aapl" must be upper-case, as in "AAPL"',
    ],
    ['symbol,date,kind,value\nAAPL,2020-02-31,SPLIT,4\n', 'line 2: date: "2020-02-31" is no date as in 2020-08-31'],
    [
      'symbol,date,kind,value\nAAPL,2020-08-31T13:30,SPLIT,4\n',
      'line 2: date: "2020-08-31T13:30" is no date as in 2020-08-31',
    ],
    ['symbol,date,kind,value\nAAPL,2020-08-31,MERGER,4\n', 'line 2: kind: "MERGER" is neither SPLIT nor DIVIDEND'],
    ['symbol,date,kind,value\nAAPL,2020-08-31,SPLIT,\n', 'line 2: value: "" is no number'],
    ['symbol,date,kind,value\nAAPL,2020-08-31,DIVIDEND,4:1\n', 'line 2: value: "4:1" is no number'],
    ['symbol,date,kind,value\nAAPL,2020-08-31,DIVIDEND,-0.2\n', 'line 2: value: -0.2 is not a number above 0'],
    ['symbol,date,kind,value\nAAPL,2020-08-31,SPLIT,4:0\n', 'line 2: value: Infinity is not a number above 0'],
    [
      'symbol,date,kind,value\nAAPL,2020-08-31,SPLIT,1e9\n',
      'line 2: value: 1000000000 is no ratio of a split: it lies between 1/100000 and 100000',
    ],
    [
      'symbol,date,kind,value\nAAPL,2020-08-31,DIVIDEND,1\nAAPL,2020-08-31,DIVIDEND,2\n',
      'line 3: date: a second DIVIDEND of AAPL on 2020-08-31 (the first is in line 2): one row for both',
    ],
  ])('is refused with its line and field: %j', async (text, message) => {
    await expect(read(text)).rejects.toMatchObject({ name: 'ActionFileError', message });
  });
});
