import subsetFont from 'subset-font'; import fs from 'fs';
// Makes the fonts of ../static/fonts from the npm packages @fontsource-variable/{inter,vazirmatn,noto-naskh-arabic,source-serif-4}:
// npm i subset-font && those packages, then: node fonts.mjs path/to/node_modules ../static/fonts
const F = process.argv[2] + '/@fontsource-variable/', OUT = process.argv[3] + '/';
const range=(s)=>s.split(',').map(p=>{const[a,b]=p.replace('U+','').split('-');let r='';for(let c=parseInt(a,16);c<=parseInt(b??a,16);c++)r+=String.fromCodePoint(c);return r}).join('');
const LAT=range("U+0020-007E,U+00A0-017F,U+2010-2015,U+2018-201F,U+2020-2022,U+2026,U+2030,U+2032,U+2033,U+2039,U+203A,U+20AC,U+2190-2193,U+2197,U+2212,U+00D7,U+2066-2069,U+2116");
const CYR=range("U+0400-045F,U+0490-0491,U+04B0-04B1");
const ARA=range("U+060C,U+061B,U+061F,U+0620-0652,U+0654,U+0655,U+0660-066C,U+0670,U+0671,U+067E,U+0686,U+0698,U+06A9,U+06AF,U+06CC,U+06C0,U+06C1,U+06F0-06F9,U+0679,U+0688,U+0691,U+06BA,U+06BE,U+06D2,U+06D3,U+06D4,U+200C,U+200D,U+FDF2,U+FDFC,U+00AB,U+00BB");
const jobs=[
['inter/files/inter-latin-wght-normal.woff2','inter-latin.woff2',LAT,{min:400,max:700}],
['inter/files/inter-cyrillic-wght-normal.woff2','inter-cyrillic.woff2',CYR,{min:400,max:700}],
['vazirmatn/files/vazirmatn-arabic-wght-normal.woff2','vazirmatn-arabic.woff2',ARA,{min:400,max:700}],
['noto-naskh-arabic/files/noto-naskh-arabic-arabic-wght-normal.woff2','noto-naskh-arabic.woff2',ARA,400],
['source-serif-4/files/source-serif-4-latin-wght-normal.woff2','source-serif-latin.woff2',LAT,400],
['source-serif-4/files/source-serif-4-cyrillic-wght-normal.woff2','source-serif-cyrillic.woff2',CYR,400],
];
for(const [i,o,t,w] of jobs){const b=await subsetFont(fs.readFileSync(F+i),t,{targetFormat:'woff2',variationAxes:{wght:w}});fs.writeFileSync(OUT+o,b);console.log(o,b.length)}
