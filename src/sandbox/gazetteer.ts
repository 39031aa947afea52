import type { Coordinates } from "../domain/place.ts";
import { fractionOf } from "./random.ts";

/** A street or town that customers are on, about where it really is (WGS-84). */
export type Street = { area: string; city: string; district: string; name: string; lat: number; lng: number };

/** The areas that a dispatcher of the factory plans by. */
export const areas = ["天河", "番禺", "白云", "佛山"] as const;

/** The sandbox's map: where the fleet's customers are and what the route vendor's geocoder knows. */
export const streets: readonly Street[] = [
  ...inDistrict("天河", "广州市", "天河区", [
    ["体育东路", 23.1345, 113.3275],
    ["天河北路", 23.1428, 113.3262],
    ["黄埔大道西", 23.1262, 113.3342],
    ["龙口西路", 23.1402, 113.3372],
    ["五山路", 23.1512, 113.3478],
    ["中山大道西", 23.1292, 113.3562],
    ["科韵路", 23.1286, 113.3742],
    ["棠东东路", 23.1262, 113.3858],
    ["车陂路", 23.1232, 113.3962],
    ["东圃大马路", 23.1196, 113.4048],
    ["珠吉路", 23.1296, 113.4162],
    ["沙太南路", 23.1662, 113.3222],
    ["元岗路", 23.1742, 113.3422],
    ["天源路", 23.1802, 113.3602],
  ]),
  ...inDistrict("番禺", "广州市", "番禺区", [
    ["洛浦街沿沙东路", 23.0362, 113.3012],
    ["大石街朝阳东路", 23.0032, 113.3162],
    ["南村镇兴业大道", 22.9982, 113.3802],
    ["新造镇新广路", 23.0232, 113.4192],
    ["化龙镇工业路", 23.0332, 113.4642],
    ["钟村街钟韦路", 22.9752, 113.3152],
    ["市桥街迎宾路", 22.9602, 113.3562],
    ["市桥街大北路", 22.9402, 113.3602],
    ["东环街东环路", 22.9532, 113.3792],
    ["市桥街清河东路", 22.9422, 113.3832],
    ["石碁镇市莲路", 22.9572, 113.4202],
    ["石楼镇人民路", 22.9602, 113.4602],
    ["沙湾街大巷涌路", 22.9082, 113.3302],
  ]),
  ...inDistrict("白云", "广州市", "白云区", [
    ["三元里大道", 23.1622, 113.2542],
    ["广园中路", 23.1612, 113.2702],
    ["机场路", 23.1792, 113.2612],
    ["增槎路", 23.1662, 113.2252],
    ["黄石东路", 23.1972, 113.2682],
    ["石井大道", 23.2032, 113.2272],
    ["同和路", 23.2012, 113.3242],
    ["白云大道北", 23.2122, 113.2902],
    ["鹤龙一路", 23.2202, 113.2832],
    ["均禾大道", 23.2392, 113.2682],
    ["太和镇大源中路", 23.2482, 113.3452],
    ["江高镇江府路", 23.2772, 113.2332],
    ["人和镇鹤龙六路", 23.3332, 113.2902],
  ]),
  ...inDistrict("佛山", "佛山市", "禅城区", [
    ["祖庙路", 23.0302, 113.1132],
    ["汾江中路", 23.0332, 113.1102],
    ["季华五路", 23.0102, 113.1182],
    ["张槎一路", 23.0282, 113.0802],
    ["石湾镇中路", 23.0032, 113.0802],
    ["南庄镇陶博大道", 22.9702, 113.0302],
  ]),
  ...inDistrict("佛山", "佛山市", "南海区", [
    ["桂城街桂澜路", 23.0482, 113.1522],
    ["平洲夏平西路", 23.0102, 113.1902],
    ["大沥镇岭南路", 23.1082, 113.1062],
    ["盐步穗盐东路", 23.1152, 113.1502],
    ["里水镇里水大道", 23.1972, 113.1402],
    ["西樵镇江浦东路", 22.9432, 112.9722],
  ]),
  ...inDistrict("佛山", "佛山市", "顺德区", [
    ["陈村镇合成路", 22.9702, 113.2202],
    ["北滘镇工业大道", 22.9302, 113.2202],
    ["乐从镇跃进路", 22.9452, 113.0952],
  ]),
];

/** Where the geocoder puts an address of which it knows the city alone; the last one stands for anywhere else. */
const cities = [
  { name: "Brisbane", lat: -27.4698, lng: 153.0251 },
  { name: "佛山", lat: 23.0218, lng: 113.1219 },
  { name: "广州", lat: 23.1291, lng: 113.2644 },
] as const;

const streetSpreadDegrees = 0.007;
const citySpreadDegrees = 0.04;

/** The position of an address: near its street, else in its city. The same text is always the same place. */
export function locate(address: string): Coordinates {
  const street = streets.find(({ name }) => address.includes(name));
  if (street) return near(street, address, streetSpreadDegrees);
  return near(cities.find(({ name }) => address.includes(name)) ?? cities[2], address, citySpreadDegrees);
}

function near(center: Coordinates, address: string, spreadDegrees: number): Coordinates {
  return {
    lat: shift(center.lat, `${address} latitude`, spreadDegrees),
    lng: shift(center.lng, `${address} longitude`, spreadDegrees),
  };
}

function shift(degrees: number, key: string, spreadDegrees: number): number {
  return Number((degrees + (fractionOf(key) - 0.5) * spreadDegrees).toFixed(6));
}

type StreetRow = readonly [name: string, lat: number, lng: number];

function inDistrict(area: string, city: string, district: string, rows: readonly StreetRow[]): Street[] {
  return rows.map(([name, lat, lng]) => ({ area, city, district, name, lat, lng }));
}
